/**
 * What a cell prints under stock tslab: gathered into fewer messages, and cut off when it does not end.
 *
 * tslab sends one message for each call of `write`, and gives `process.stdout` and `process.stderr` a
 * new `write` before each cell. This stands in between; it counts from 0 at each new `write`.
 *
 * Source:  tslab 1.0.22, dist/jupyter.js, handleExecuteImpl
 * Chapter: notebooks/00-start.ipynb
 */

type Write = (text: string | Uint8Array, ...rest: unknown[]) => boolean;

/** Bytes that a cell may print: more than any page can show, less than a browser dies of. */
export const MOST_OUTPUT = 8_000_000;

/** Text waits until there are so many characters of it, or so many milliseconds have passed, or the cell lets go. */
const ENOUGH = 65_536;
const PATIENCE = 40;

let waiting: { readonly write: Write; text: string; readonly since: number } | undefined;

/** Gathers and caps what passes through the stream's `write` from now on, also through each `write` that is put there later. */
export function tameWrites(stream: { write: unknown }, most: number = MOST_OUTPUT): void {
  let tamed = tame(stream.write as Write, most);
  Object.defineProperty(stream, "write", {
    configurable: true,
    enumerable: true,
    get: () => tamed,
    set: (write: Write) => {
      flushWrites();
      tamed = tame(write, most);
    },
  });
}

/** Sends the text that waits: called before anything else is sent, so that the order stays. */
export function flushWrites(): void {
  const ready = waiting;
  waiting = undefined;
  if (ready !== undefined) ready.write(ready.text);
}

function tame(write: Write, most: number): Write {
  let left = most;
  return (text, ...rest) => {
    if (left <= 0) return true;
    left -= typeof text === "string" ? Buffer.byteLength(text) : text.length;
    if (left <= 0) {
      flushWrites();
      return write(
        `\n[output stopped here: this cell printed more than ${String(most / 1e6)} MB]\n`,
      );
    }
    if (typeof text === "string") {
      gather(write, text);
      return true;
    }
    flushWrites();
    return write(text, ...rest);
  };
}

function gather(write: Write, text: string): void {
  if (waiting?.write !== write) flushWrites();
  const now = performance.now();
  if (waiting === undefined) {
    waiting = { write, text, since: now };
    // Runs when the code that prints lets go. A tick would come after tslab has ended the cell.
    queueMicrotask(flushWrites);
  } else waiting.text += text;
  // No timer fires inside a loop that never lets go: the clock is read here.
  if (waiting.text.length > ENOUGH || now - waiting.since > PATIENCE) flushWrites();
}
