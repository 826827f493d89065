/**
 * The tokenizer of GPT: text is cut into pieces, and the bytes of each piece join to tokens.
 *
 *     "lower newest"  ->  lower | ␣newest  ->  low er ␣new est  ->  4 ids
 *
 * Any text has ids and comes back from them, since every byte is a token of its own.
 *
 * Axes:    V ids of the vocabulary
 * Source:  Radford et al. (2019), section 2.2, and https://github.com/openai/tiktoken
 * Chapter: notebooks/01-tokens.ipynb
 */
import { DataError } from "../core/errors.ts";
import type { BytePairs } from "./byte-pairs.ts";
import { escapeBytes, wellFormed } from "./escaped-text.ts";
import { PieceEncoder } from "./piece-encoder.ts";
import { hasScanner, pieceEnd, type PieceEnd } from "./pre-tokenizer.ts";
import { SpecialTokens, tokensWithSpecial } from "./special-tokens.ts";
import type { Tokenizer } from "./tokenizer.ts";

export interface EncodeOptions {
  /** Do special tokens in the text become their ids? Default false: they are text like any other. */
  readonly special?: boolean;
}

/** The part of a text whose ids are certain. */
export interface StartOfText {
  readonly ids: number[];
  /** UTF-16 units of the text that the ids cover. */
  readonly units: number;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const strict = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** Text into ids and back by byte pairs; `pairs` from training, from a file, or published. */
export class BytePairTokenizer implements Tokenizer {
  /** One more than the highest id, special tokens included. */
  readonly vocabulary: number;
  /** What this tokenizer was made from, to be saved. */
  readonly pairs: BytePairs;
  /** Where the pieces of a text end: "gpt2" and the other patterns. */
  readonly pieceEnd: PieceEnd;
  /** The special tokens, to be found in a text. */
  readonly specialTokens: SpecialTokens;
  readonly #encoder: PieceEncoder;
  /** (V) The bytes of each token, special ones too. */
  readonly #tokens: (Uint8Array | undefined)[];

  /**
   * Throws `DataError` when one of the 256 bytes has no token, a merge names an id without one, or a
   * special token has an id that is out of bounds or another token's, and `ConfigError` for a pattern that JavaScript cannot express.
   */
  constructor(pairs: BytePairs) {
    this.pairs = pairs;
    this.pieceEnd = pieceEnd(pairs.pattern);
    this.specialTokens = new SpecialTokens(pairs.special);
    this.#encoder = new PieceEncoder(pairs);
    this.#tokens = tokensWithSpecial(pairs);
    this.vocabulary = this.#tokens.length;
  }

  /** The ids of a text; a lone surrogate counts as U+FFFD. */
  encode(text: string, { special = false }: EncodeOptions = {}): number[] {
    return this.encodeEscaped(wellFormed(text), { special });
  }

  /**
   * The ids of any bytes: those of `encode` where they are UTF-8.
   *
   * A byte that is no UTF-8 counts as a sign, such as "!", when text is cut into pieces.
   */
  encodeBytes(bytes: Uint8Array, { special = false }: EncodeOptions = {}): number[] {
    return this.encodeEscaped(escapeBytes(bytes), { special });
  }

  /** The text of some ids; bytes that are no UTF-8 become U+FFFD. Throws `DataError` for an id without a token. */
  decode(ids: ArrayLike<number>): string {
    return decoder.decode(this.decodeBytes(ids));
  }

  /** The bytes of some ids. Throws `DataError` for an id without a token. */
  decodeBytes(ids: ArrayLike<number>): Uint8Array {
    let length = 0;
    for (let i = 0; i < ids.length; i++) length += this.token(ids[i] as number).length;
    const bytes = new Uint8Array(length);
    let at = 0;
    for (let i = 0; i < ids.length; i++) {
      const token = this.#tokens[ids[i] as number] as Uint8Array;
      // Tokens are short: a loop is faster than a call of `set`.
      for (let j = 0; j < token.length; j++) bytes[at++] = token[j] as number;
    }
    return bytes;
  }

  /** The bytes of one token. Throws `DataError` for an id without a token. */
  token(id: number): Uint8Array {
    const token = this.#tokens[id];
    if (token !== undefined) return token;
    throw new DataError(
      `BytePairTokenizer: expected ids of tokens, from 0 to ${this.vocabulary - 1}, got ${id}; were these ids made with this tokenizer?`,
    );
  }

  /**
   * One token as a reader can see it: its text, or, where it is a part of a character, its bytes as <E4>.
   *
   * Throws `DataError` for an id without a token.
   */
  show(id: number): string {
    const bytes = this.token(id);
    try {
      return strict.decode(bytes);
    } catch {
      return showBytes(escapeBytes(bytes));
    }
  }

  /** The same for a text in which lone surrogates U+DC80 to U+DCFF stand for bytes that are no UTF-8. */
  encodeEscaped(text: string, { special = false }: EncodeOptions = {}): number[] {
    const ids: number[] = [];
    let from = 0;
    for (;;) {
      const found = special ? this.specialTokens.next(text, from) : undefined;
      if (found === undefined) break;
      this.#append(text.slice(from, found.start), ids);
      ids.push(found.id);
      from = found.end;
    }
    this.#append(from === 0 ? text : text.slice(from), ids);
    return ids;
  }

  /**
   * The ids at the start of such a text that stay as they are whatever text follows, and how many of
   * its UTF-16 units they cover; the rest waits to be encoded with what follows.
   */
  encodeStart(text: string, { special = false }: EncodeOptions = {}): StartOfText {
    const ids: number[] = [];
    const longest = special ? this.specialTokens.longest : 0;
    let from = 0;
    for (;;) {
      const found = special ? this.specialTokens.next(text, from) : undefined;
      // Near the end a longer one may yet stand at this place.
      if (found === undefined || found.start + longest > text.length) break;
      this.#append(text.slice(from, found.start), ids);
      ids.push(found.id);
      from = found.end;
    }
    // Where a special token may yet begin, the text is not known; nor is half a surrogate pair.
    let known = longest > 0 ? Math.max(from, text.length - longest + 1) : text.length;
    if (known > from && isHighSurrogate(text.charCodeAt(known - 1))) known--;
    return { ids, units: from + this.#appendStart(text.slice(from, known), ids) };
  }

  /** Appends all pieces but the last two, which following text may change; returns where they begin. */
  #appendStart(text: string, ids: number[]): number {
    // An expression of one's own may look ahead as far as it likes.
    if (!hasScanner(this.pairs.pattern)) return 0;
    let [beforeLast, last] = [0, 0];
    for (let start = 0; start < text.length;) {
      const stop = this.pieceEnd(text, start);
      if (last > beforeLast) this.#encoder.append(text, beforeLast, last, ids);
      [beforeLast, last, start] = [last, start, stop];
    }
    return beforeLast;
  }

  #append(text: string, ids: number[]): void {
    const end = this.pieceEnd;
    for (let start = 0; start < text.length;) {
      const stop = end(text, start);
      this.#encoder.append(text, start, stop, ids);
      start = stop;
    }
  }
}

/** Text with the bytes that are no UTF-8 in angle brackets. */
function showBytes(escaped: string): string {
  return escaped.replace(/[\udc80-\udcff]/g, (byte) => {
    return `<${(byte.charCodeAt(0) & 0xff).toString(16).toUpperCase()}>`;
  });
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
