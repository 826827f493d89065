/**
 * A text in two: one part to learn from, and one that is held out, to see what was learned rather than remembered.
 *
 * Source:  https://github.com/karpathy/nanoGPT, data/shakespeare_char/prepare.py
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { ConfigError, DataError } from "../core/errors.ts";

/** The two parts, views of the same memory. */
export interface Corpus {
  /** To learn from. */
  readonly train: Int32Array;
  /** Never learned from. */
  readonly validation: Int32Array;
}

/**
 * Holds out the end of a text: the last `heldOut` of its ids (default 0.1), at least one.
 *
 * A part in one piece, not ids here and there, for these would share their sentences with what is learned. Throws
 * `ConfigError` for a share that is not between 0 and 1, `DataError` for fewer than two ids.
 */
export function splitCorpus(
  ids: Int32Array,
  { heldOut = 0.1 }: { readonly heldOut?: number } = {},
): Corpus {
  if (!(heldOut > 0 && heldOut < 1)) {
    throw new ConfigError(
      `splitCorpus heldOut: expected a share between 0 and 1, got ${heldOut}; 0.1 holds out the last tenth`,
    );
  }
  if (ids.length < 2) {
    throw new DataError(
      `splitCorpus: expected at least 2 ids, one for each part, got ${ids.length}; give it a longer text`,
    );
  }
  const length = Math.max(1, Math.floor(ids.length * (1 - heldOut)));
  return { train: ids.subarray(0, length), validation: ids.subarray(length) };
}
