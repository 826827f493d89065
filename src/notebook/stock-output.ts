/**
 * A limit for what one cell prints under stock tslab, which has none.
 *
 * tslab gives `process.stdout` and `process.stderr` a new `write` before each cell. The limit stands in
 * between: it counts from 0 at each new `write`.
 *
 * Source:  tslab 1.0.22, dist/jupyter.js, handleExecuteImpl
 * Chapter: notebooks/00-start.ipynb
 */

/** Bytes that a cell may print: more than any page can show, less than a browser dies of. */
export const MOST_OUTPUT = 8_000_000;

type Write = (text: string | Uint8Array, ...rest: unknown[]) => boolean;

/** Caps what passes through the stream's `write` from now on, for each `write` that is put there later. */
export function capWrites(stream: { write: unknown }, most: number = MOST_OUTPUT): void {
  let capped = cap(stream.write as Write, most);
  Object.defineProperty(stream, "write", {
    configurable: true,
    enumerable: true,
    get: () => capped,
    set: (write: Write) => {
      capped = cap(write, most);
    },
  });
}

function cap(write: Write, most: number): Write {
  let left = most;
  return (text, ...rest) => {
    if (left <= 0) return true;
    const bytes = typeof text === "string" ? Buffer.byteLength(text) : text.length;
    left -= bytes;
    if (left > 0) return write(text, ...rest);
    return write(`\n[output stopped here: this cell printed more than ${String(most / 1e6)} MB]\n`);
  };
}
