/**
 * The simplest tokenizer: one id for each different character of a text.
 *
 *     "hello"  ->  e h l o  ->  1 0 2 2 3
 *
 * Axes:    V different characters
 * Source:  Karpathy (2015), "The Unreasonable Effectiveness of Recurrent Neural Networks",
 *          http://karpathy.github.io/2015/05/21/rnn-effectiveness/
 * Chapter: notebooks/01-tokens.ipynb
 */
import { DataError } from "../core/errors.ts";
import { wellFormed } from "./escaped-text.ts";
import type { Tokenizer } from "./tokenizer.ts";

/** Characters to ids and back, for the characters of one text. */
export class CharacterTokenizer implements Tokenizer {
  /** (V) The character of each id, in the order of code points. */
  readonly characters: readonly string[];
  readonly vocabulary: number;
  readonly #ids: ReadonlyMap<string, number>;

  /** The vocabulary is every character that occurs in `text`; a lone surrogate counts as U+FFFD. */
  constructor(text: string) {
    const codes = Array.from(new Set(wellFormed(text)), (one) => one.codePointAt(0) as number);
    this.characters = codes.sort((a, b) => a - b).map((code) => String.fromCodePoint(code));
    this.vocabulary = this.characters.length;
    this.#ids = new Map(this.characters.map((character, id) => [character, id]));
  }

  /** One id for each character. Throws `DataError` for one that is not in the vocabulary. */
  encode(text: string): number[] {
    const ids: number[] = [];
    for (const character of wellFormed(text)) {
      const id = this.#ids.get(character);
      if (id === undefined) {
        const code = (character.codePointAt(0) as number)
          .toString(16)
          .toUpperCase()
          .padStart(4, "0");
        throw new DataError(
          `CharacterTokenizer: expected characters of the text it was made from, got ${JSON.stringify(character)} (U+${code}); make it from a text that has them all`,
        );
      }
      ids.push(id);
    }
    return ids;
  }

  /** The characters of some ids. Throws `DataError` for an id outside 0 to V − 1. */
  decode(ids: ArrayLike<number>): string {
    return Array.from(ids, (id) => {
      const character = this.characters[id];
      if (character !== undefined) return character;
      throw new DataError(
        `CharacterTokenizer: expected ids from 0 to ${this.vocabulary - 1}, got ${id}; were these ids made with this tokenizer?`,
      );
    }).join("");
  }
}
