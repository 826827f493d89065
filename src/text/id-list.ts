/**
 * Ids as a JSON array, written and read piece by piece: lists that are larger than memory.
 *
 * Source:  RFC 8259, section 5
 * Chapter: notebooks/01-tokens.ipynb
 */
import { DataError } from "../core/errors.ts";

/** Writes ids as the text of a JSON array, a line for each call of `add`. */
export class IdListWriter {
  #begun = false;

  /** The text of some more ids. */
  add(ids: readonly number[]): string {
    if (ids.length === 0) return "";
    const text = `${this.#begun ? ",\n" : "["}${ids.join(",")}`;
    this.#begun = true;
    return text;
  }

  /** What comes after the last id. */
  end(): string {
    return this.#begun ? "]\n" : "[]\n";
  }
}

/** Reads the text of a JSON array of ids that comes in parts. */
export class IdListReader {
  readonly #name: string;
  #rest = "";
  #open = false;
  #closed = false;
  #count = 0;

  /** `name` is what the list is called in errors, such as its path. */
  constructor(name: string) {
    this.#name = name;
  }

  /** The ids in the next part of the text. Throws `DataError` for what is no id. */
  add(text: string): number[] {
    let rest = this.#rest + text;
    if (!this.#open) {
      rest = rest.trimStart();
      if (rest === "") return [];
      if (!rest.startsWith("[")) throw this.#refusal(rest);
      rest = rest.slice(1);
      this.#open = true;
    }
    const end = rest.indexOf("]");
    if (this.#closed && rest.trim() !== "") throw this.#refusal(rest);
    // What stands behind the last comma may go on in the next part.
    const whole = end >= 0 ? rest.slice(0, end) : rest.slice(0, rest.lastIndexOf(",") + 1);
    this.#rest = rest.slice(end >= 0 ? end + 1 : whole.length);
    if (this.#closed) return [];
    this.#closed = end >= 0;
    const ids = this.#ids(whole);
    const after = this.#rest.trim();
    // No id is as long as 40: without this a file without commas would be kept whole.
    if (after.length > (this.#closed ? 0 : 40)) throw this.#refusal(after);
    return ids;
  }

  /** To be called after the last part. Throws `DataError` when the array does not end. */
  end(): void {
    if (!this.#closed) throw this.#refusal(this.#rest);
  }

  /** The ids of a text that ends with a comma, or before the bracket. */
  #ids(whole: string): number[] {
    if (this.#closed && this.#count === 0 && whole.trim() === "") return [];
    const items = whole.split(",");
    if (!this.#closed) items.pop();
    return items.map((item) => this.#id(item));
  }

  #id(item: string): number {
    const digits = item.trim();
    if (!/^\d{1,15}$/.test(digits)) throw this.#refusal(digits);
    this.#count++;
    return Number(digits);
  }

  #refusal(found: string): DataError {
    const got = found.trim();
    const shown = JSON.stringify(got.length > 40 ? `${got.slice(0, 40)}…` : got);
    return new DataError(
      `${this.#name}: expected a JSON array of ids such as [464, 2872], got ${got === "" ? "nothing" : shown} after ${this.#count} ids; name a file that \`encode\` wrote`,
    );
  }
}
