/**
 * Embedding: the vector of each token is a row of a table, and the table is learned.
 *
 * Axes:    B batch, T positions, V vocabulary, C channels
 * Source:  Bengio et al. (2003), "A Neural Probabilistic Language Model", section 2
 * Chapter: notebooks/08-attention.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError } from "../core/errors.ts";

/**
 * The rows of `table` (V, C) that `ids` (B, T) name: (B, T, C).
 *
 * ids are int32 from 0 to V − 1; throws `ConfigError` for another type, while an id without a row is the engine's own
 * error: a look at the numbers would wait for them.
 */
export function embed(ids: tf.Tensor2D, table: tf.Tensor2D): tf.Tensor3D {
  if (ids.dtype !== "int32") {
    throw new ConfigError(
      `embed: expected ids of int32, got ${ids.dtype}; make them with tf.tensor2d(ids, [B, T], "int32")`,
    );
  }
  return tf.gather<tf.Tensor>(table, ids) as tf.Tensor3D;
}
