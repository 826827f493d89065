/**
 * Windows of a text: what a model reads, and for each token the one that came after it.
 *
 *     text     t h e   c a t   s a t
 *     x          h e   c a             from a random place on
 *     y            e   c a t           one further: what to guess
 *
 * Axes:    B windows, T positions
 * Source:  https://github.com/karpathy/nanoGPT, train.py, `get_batch`
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { DataError } from "../core/errors.ts";
import { expectWhole } from "../core/number-range.ts";
import { Random } from "../core/random.ts";

/** Which windows. */
export interface WindowsOptions {
  /** B, windows that are read at once. */
  readonly batch: number;
  /** T, tokens in each. */
  readonly context: number;
  /** A whole number from 0 to 2⁵³ − 1: where the windows begin. */
  readonly seed: number;
}

/** B windows, one behind the other. */
export interface Batch {
  /** (B · T) of ids */
  readonly x: Int32Array;
  /** (B · T) of ids: `x` one token further. */
  readonly y: Int32Array;
}

/**
 * Random numbers begin at this word of the seed: the words before it are those of the tensors of `ops/random`, so that
 * places and first weights of the same seed have nothing in common.
 */
const FIRST_WORD = 2 ** 34;

/** An endless stream of random windows; the same seed gives the same. */
export class Windows {
  readonly #ids: Int32Array;
  readonly #batch: number;
  readonly #context: number;
  readonly #random: Random;

  /** Throws `ConfigError` for sizes and a seed that are no whole numbers, `DataError` for a text of T ids or fewer. */
  constructor(ids: Int32Array, { batch, context, seed }: WindowsOptions) {
    expectWhole("Windows batch", batch, 1);
    expectWhole("Windows context", context, 1);
    if (ids.length <= context) {
      throw new DataError(
        `Windows: expected a text of at least ${context + 1} tokens, one more than a window of ${context}, got ${ids.length}; take a longer text or a smaller context`,
      );
    }
    this.#ids = ids;
    this.#batch = batch;
    this.#context = context;
    this.#random = new Random(seed);
    this.position = 0;
  }

  /** How many random words have been drawn: store it, and set it to go on from there. */
  get position(): number {
    return this.#random.position - FIRST_WORD;
  }

  set position(words: number) {
    this.#random.position = FIRST_WORD + words;
  }

  /** The next B windows; each begins at any place that has T + 1 tokens, all equally likely. */
  next(): Batch {
    const [B, T, ids] = [this.#batch, this.#context, this.#ids];
    const x = new Int32Array(B * T);
    const y = new Int32Array(B * T);
    for (let row = 0; row < B; row++) {
      const start = this.#random.integer(ids.length - T);
      x.set(ids.subarray(start, start + T), row * T);
      y.set(ids.subarray(start + 1, start + T + 1), row * T);
    }
    return { x, y };
  }
}
