/**
 * Pieces of text into ids, quickly: most pieces are a token or have been seen before.
 *
 * Of 100 words of English about 90 are one token: one look into the table of tokens finds them. What a
 * rarer word is cut into is remembered, for a bounded number of them.
 *
 * Source:  the cache of words: `bpe` in https://github.com/openai/gpt-2/blob/master/src/encoder.py
 * Chapter: notebooks/01-tokens.ipynb
 */
import { BytePairEncoder } from "./byte-pair-encoder.ts";
import type { BytePairs } from "./byte-pairs.ts";
import { PieceBytes } from "./piece-bytes.ts";

/** Pieces that are remembered, and the longest of them in UTF-16 units: some 10 MB at most. */
const REMEMBERED = 65_536;
const LONGEST = 48;

/** Whether the bytes of a token, taken as a piece, are that token. */
const UNKNOWN = 0;
const ITSELF = 1;
const OTHERS = 2;

/** Adds the ids of pieces of text to lists. */
export class PieceEncoder {
  readonly #encoder: BytePairEncoder;
  readonly #bytes = new PieceBytes();
  readonly #seen = new Map<string, readonly number[]>();
  /** (V) With merges a token need not be what its bytes join to: asked once for each that occurs. */
  readonly #itself: Uint8Array;

  /** Throws `DataError` for what is no vocabulary, as `BytePairEncoder` does. */
  constructor(pairs: BytePairs) {
    this.#encoder = new BytePairEncoder(pairs);
    this.#itself = new Uint8Array(pairs.tokens.length).fill(pairs.merges ? UNKNOWN : ITSELF);
  }

  /** Adds the ids of the piece of `text` from unit `start` up to `end` to `ids`. */
  append(text: string, start: number, end: number, ids: number[]): void {
    const piece = this.#bytes;
    piece.write(text, start, end);
    const id = this.#encoder.tokens.find(piece.bytes, 0, piece.length, piece.hash);
    if (id >= 0 && this.#isItself(id)) {
      ids.push(id);
    } else if (end - start > LONGEST) {
      this.#encoder.append(piece.bytes, piece.length, ids);
    } else {
      for (const part of this.#remembered(text.slice(start, end))) ids.push(part);
    }
  }

  #remembered(word: string): readonly number[] {
    const known = this.#seen.get(word);
    if (known !== undefined) return known;
    const ids: number[] = [];
    this.#encoder.append(this.#bytes.bytes, this.#bytes.length, ids);
    // Starting anew costs less than keeping the order of use, and frequent words are soon back.
    if (this.#seen.size >= REMEMBERED) this.#seen.clear();
    this.#seen.set(word, ids);
    return ids;
  }

  #isItself(id: number): boolean {
    if (this.#itself[id] === UNKNOWN) {
      const ids: number[] = [];
      this.#encoder.append(this.#bytes.bytes, this.#bytes.length, ids);
      this.#itself[id] = ids.length === 1 && ids[0] === id ? ITSELF : OTHERS;
    }
    return this.#itself[id] === ITSELF;
  }
}
