/**
 * Special tokens in a text: "<|endoftext|>" and the like, which no rule of bytes makes.
 *
 * Source:  https://github.com/openai/tiktoken, `encode` with `allowed_special`
 * Chapter: notebooks/01-tokens.ipynb
 */

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
