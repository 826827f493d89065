/**
 * Learns byte pairs: which tokens a text is best written with.
 *
 * Starts from the 256 bytes and joins, again and again, the pair of neighbours that occurs most often:
 * "aaabdaaabac" has aa 4 times (counted with overlaps), so aa is joined first; then ab and aa·a each
 * occur twice … until there are as many tokens as wanted. Pairs never cross the pieces that the
 * pattern cuts, and each different piece is looked at once, with its count.
 *
 * Equal counts: the pair whose left token comes first is joined, then the one whose right token does;
 * bytes come in the order of their byte letters (! first, the space after all visible Latin-1), learned
 * tokens after them in the order learned. It is the rule of Hugging Face's BpeTrainer, so both learn
 * the same from the same pieces.
 *
 * Axes:    V tokens
 * Source:  Sennrich et al. (2016), section 3.2, https://arxiv.org/abs/1508.07909; ties:
 *          https://github.com/huggingface/tokenizers/blob/main/tokenizers/src/models/bpe/trainer.rs
 * Chapter: notebooks/01-tokens.ipynb
 */
import { ConfigError, DataError } from "../core/errors.ts";
import { throwIfStopping } from "../core/interrupt.ts";
import { bytesByLetter } from "./byte-letters.ts";
import type { BytePairs } from "./byte-pairs.ts";
import { PairPlaces } from "./pair-places.ts";
import { PairQueue } from "./pair-queue.ts";
import { PieceCounts } from "./piece-counts.ts";
import { pieceEnd } from "./pre-tokenizer.ts";

export interface TrainingOptions {
  /** V, the number of tokens to have in the end: 256 bytes, the learned ones, the special ones. */
  readonly vocabulary: number;
  /**
   * How text is cut before pairs are counted: "gpt2", "cl100k_base", "o200k_base" or a regular
   * expression; default "gpt2", the rule that a tokenizer.json means when it names none.
   */
  readonly pattern?: string;
  /** Special tokens, such as "<|endoftext|>": never learned from, they get the last ids; default none. */
  readonly special?: readonly string[];
  /** A pair that occurs less often is not joined; default 2: what occurs once is no pattern. */
  readonly minimum?: number;
  /** Called after each text that was cut and each pair that was joined. */
  readonly progress?: (event: TrainingEvent) => void;
}

/** What training has done: read a text, or joined a pair that occurred `count` times to token `joined`. */
export type TrainingEvent =
  | { readonly type: "text"; readonly characters: number; readonly differentPieces: number }
  | {
      readonly type: "merge";
      readonly left: number;
      readonly right: number;
      readonly joined: number;
      readonly count: number;
    };

/**
 * The byte pairs of some texts: ids 0 to 255 are the bytes, then the learned tokens, then the special ones.
 *
 * Takes time in proportion to the texts, whatever they hold. Throws `ConfigError` for a vocabulary
 * below 256 and the special tokens or above what the texts give, a minimum below 1, and special
 * tokens that are empty or twice there; `DataError` for texts without a character; `Interrupted`
 * after Stop.
 */
export function trainBytePairs(texts: Iterable<string>, options: TrainingOptions): BytePairs {
  const { vocabulary, pattern = "gpt2", special = [], minimum = 2, progress } = options;
  expectSpecial(special);
  expectNumbers(vocabulary, special.length, minimum);
  const pieces = countPieces(texts, pattern, special, progress);
  const last = vocabulary - special.length;
  const places = new PairPlaces(pieces, last);
  const queue = new PairQueue(places);
  const tokens: Uint8Array[] = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  const merges: [number, number, number][] = [];
  for (let joined = 256, queued = 0; joined < last; joined++) {
    throwIfStopping();
    for (; queued < places.pairs; queued++) {
      if ((places.count[queued] as number) >= minimum) queue.push(queued);
    }
    const pair = queue.pop(minimum);
    if (pair === undefined) throw tooLarge(vocabulary, joined + special.length, minimum);
    const count = places.count[pair] as number;
    const left = idOf(places.left[pair] as number);
    const right = idOf(places.right[pair] as number);
    places.join(pair, joined);
    tokens.push(joinBytes(tokens[left] as Uint8Array, tokens[right] as Uint8Array));
    merges.push([left, right, joined]);
    progress?.({ type: "merge", left, right, joined, count });
  }
  return {
    tokens,
    merges,
    pattern,
    special: Object.fromEntries(special.map((text, i) => [text, last + i])),
  };
}

function countPieces(
  texts: Iterable<string>,
  pattern: string,
  special: readonly string[],
  progress: TrainingOptions["progress"],
): PieceCounts {
  const endOf = pieceEnd(pattern);
  const pieces = new PieceCounts();
  for (const text of texts) {
    throwIfStopping();
    for (const part of withoutSpecial(text, special)) {
      for (let start = 0; start < part.length;) {
        const end = endOf(part, start);
        pieces.add(part, start, end);
        start = end;
      }
    }
    progress?.({ type: "text", characters: text.length, differentPieces: pieces.size });
  }
  if (pieces.size > 0) return pieces;
  throw new DataError(
    "trainBytePairs: expected texts to learn from, got no character; give at least one text that is not empty",
  );
}

/** The parts of a text between its special tokens; of two that start at one place the longer counts. */
function withoutSpecial(text: string, special: readonly string[]): readonly string[] {
  if (special.length === 0) return [text];
  const longestFirst = [...special].sort((a, b) => b.length - a.length);
  const escaped = longestFirst.map((token) => token.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  return text.split(new RegExp(escaped.join("|")));
}

/** Tokens are numbered by byte letter while learning, by byte in the result; learned ones are the same. */
function idOf(number: number): number {
  return bytesByLetter[number] ?? number;
}

function joinBytes(left: Uint8Array, right: Uint8Array): Uint8Array {
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}

function expectSpecial(special: readonly string[]): void {
  for (const [i, token] of special.entries()) {
    if (token === "" || special.indexOf(token) < i) {
      throw new ConfigError(
        `trainBytePairs: expected special tokens that differ and are not empty, got ${JSON.stringify(special)}; name each once`,
      );
    }
  }
}

function expectNumbers(vocabulary: number, special: number, minimum: number): void {
  const least = 256 + special;
  if (!Number.isInteger(vocabulary) || vocabulary < least) {
    const held =
      special === 0
        ? "the bytes"
        : `256 bytes and ${special} special token${special > 1 ? "s" : ""}`;
    throw new ConfigError(
      `trainBytePairs: expected a vocabulary of at least ${least} (${held}), got ${vocabulary}; ask for a whole number above it, such as 1000`,
    );
  }
  if (!Number.isInteger(minimum) || minimum < 1) {
    throw new ConfigError(
      `trainBytePairs: expected a whole number from 1 as minimum, got ${minimum}; 2 is usual`,
    );
  }
}

function tooLarge(vocabulary: number, possible: number, minimum: number): ConfigError {
  return new ConfigError(
    `trainBytePairs: expected a vocabulary of at most ${possible}, since no other pair of these texts occurs ${minimum} times, got ${vocabulary}; ask for ${possible} or fewer, or give more text`,
  );
}
