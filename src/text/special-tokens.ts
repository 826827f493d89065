/**
 * Special tokens in a text: "<|endoftext|>" and the like, which no rule of bytes makes.
 *
 * Source:  https://github.com/openai/tiktoken, `encode` with `allowed_special`
 * Chapter: notebooks/01-tokens.ipynb
 */
import { DataError } from "../core/errors.ts";
import { ID_LIMIT, type BytePairs } from "./byte-pairs.ts";

const utf8 = new TextEncoder();

export interface SpecialPlace {
  /** The units of the text that it covers: from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  readonly id: number;
}

/** Finds special tokens; where two begin at one place, the longer counts. */
export class SpecialTokens {
  /** UTF-16 units of the longest; 0 where there are none. */
  readonly longest: number;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #any: RegExp | undefined;

  /** `special` has the text and the id of each. */
  constructor(special: Readonly<Record<string, number>>) {
    const texts = Object.keys(special)
      .filter((text) => text !== "")
      .sort((a, b) => b.length - a.length);
    this.longest = texts[0]?.length ?? 0;
    this.#ids = new Map(Object.entries(special));
    const escaped = texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
    this.#any = texts.length > 0 ? new RegExp(escaped.join("|"), "g") : undefined;
  }

  /** The first one from unit `from` on; undefined when there is none. */
  next(text: string, from: number): SpecialPlace | undefined {
    if (this.#any === undefined) return undefined;
    this.#any.lastIndex = from;
    const match = this.#any.exec(text);
    if (match === null) return undefined;
    const id = this.#ids.get(match[0]) as number;
    return { start: match.index, end: match.index + match[0].length, id };
  }
}

/**
 * (V) The bytes of each token, special ones too; a hole where no token has that id.
 *
 * Throws `DataError` for an id of a special token that is out of bounds, or that another token has: its
 * bytes could not come back from it.
 */
export function tokensWithSpecial({ tokens, special }: BytePairs): (Uint8Array | undefined)[] {
  const all = [...tokens];
  for (const [text, id] of Object.entries(special)) {
    if (!Number.isInteger(id) || id < 0 || id >= ID_LIMIT) {
      throw refusal(`ids of special tokens from 0 to ${ID_LIMIT - 1}`, `${id} for`, text);
    }
    const bytes = utf8.encode(text);
    const other = all[id];
    if (other !== undefined && Buffer.compare(other, bytes) !== 0) {
      throw refusal("an id of its own for each special token", `${id}, another token's, for`, text);
    }
    while (all.length < id) all.push(undefined);
    all[id] = bytes;
  }
  return all;
}

function refusal(expected: string, got: string, text: string): DataError {
  return new DataError(
    `BytePairTokenizer: expected ${expected}, got ${got} ${JSON.stringify(text)}; give it the first id that is free`,
  );
}
