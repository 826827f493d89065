/**
 * What was typed in this kernel, for consoles that ask.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#history
 * Chapter: notebooks/00-start.ipynb
 */
import type { Content } from "./message.ts";

interface Entry {
  readonly line: number;
  readonly source: string;
  readonly output: string | null;
}

/** The number of the only session that this kernel remembers. */
const SESSION = 1;

/** The cells that ran, oldest first. */
export class History {
  readonly #entries: Entry[] = [];

  add(line: number, source: string, output: string | null): void {
    this.#entries.push({ line, source, output });
  }

  /** The `history` of a reply: `[session, line, source]`, or `[session, line, [source, output]]`. */
  answer(request: Content): unknown[] {
    const { hist_access_type: access, n, start, stop, pattern, unique, output } = request;
    let entries = this.#entries;
    if (access === "range") {
      const from = typeof start === "number" ? start : 0;
      const to = typeof stop === "number" ? stop : Infinity;
      entries = entries.filter(({ line }) => line >= from && line < to);
    } else {
      if (access === "search") {
        const matches = globPattern(typeof pattern === "string" ? pattern : "*");
        entries = entries.filter(({ source }) => matches.test(source));
        if (unique === true) {
          entries = [...new Map(entries.map((entry) => [entry.source, entry])).values()];
        }
      }
      if (typeof n === "number") entries = entries.slice(-n);
    }
    return entries.map(({ line, source, output: shown }) => [
      SESSION,
      line,
      output === true ? [source, shown] : source,
    ]);
  }
}

/** `*` stands for any text and `?` for one character, as in file names. */
function globPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`);
}
