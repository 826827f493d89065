/**
 * A linear layer: every output is a weighted sum of all inputs, plus a constant.
 *
 *     y = x W + b
 *
 * Axes:    B batch, T positions, I inputs, O outputs
 * Source:  Goodfellow, Bengio and Courville (2016), "Deep Learning", section 6.1
 * Chapter: notebooks/08-attention.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ShapeError } from "../core/errors.ts";

/** The weights of a linear layer. */
export interface LinearWeights {
  /** (I, O) */
  readonly weight: tf.Tensor2D;
  /** (O); without it nothing is added. */
  readonly bias?: tf.Tensor1D | undefined;
}

/** x W + b for the vector at each position: (B, T, I) -> (B, T, O). Throws `ShapeError` unless W has I rows and b O numbers. */
export function linear(x: tf.Tensor3D, { weight, bias }: LinearWeights): tf.Tensor3D {
  const [B, T, I] = x.shape;
  const [rows, O] = weight.shape;
  if (rows !== I) {
    throw new ShapeError(
      `linear: expected a weight of shape (${I}, O) for x (${B}, ${T}, ${I}), got (${rows}, ${O})`,
    );
  }
  if (bias && bias.shape[0] !== O) {
    throw new ShapeError(`linear: expected a bias of shape (${O}), got (${bias.shape[0]})`);
  }
  return tf.tidy(() => {
    // All positions are rows of one matrix: one product, and a gradient of W that sums over B and T.
    const rows: tf.Tensor2D = tf.reshape(x, [B * T, I]);
    const product: tf.Tensor2D = tf.matMul(rows, weight); // (B·T, O)
    return tf.reshape(bias ? tf.add(product, bias) : product, [B, T, O]);
  });
}
