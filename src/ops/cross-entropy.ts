/**
 * Cross-entropy on class ids: how surprised a model is by what came, −log of the probability it gave to that.
 *
 *     loss_n = −log softmax(logits_n)[id_n] = log Σ_v exp(logits_nv) − logits_n[id_n]
 *     ∂loss_n / ∂logits_nv = softmax(logits_n)[v] − (v = id_n ? 1 : 0)
 *
 * Axes:    N positions, V classes (the vocabulary)
 * Source:  Goodfellow, Bengio and Courville (2016), "Deep Learning", section 6.2.2.3
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError, ShapeError } from "../core/errors.ts";
import { CROSS_ENTROPY } from "./cross-entropy/kernel.ts";
import "./cross-entropy/tensorflow.ts";

/**
 * The mean loss of all positions in nats, a scalar: logits (N, V), ids (N) of int32 from 0 to V − 1.
 *
 * Throws as `crossEntropyEach` does.
 */
export function crossEntropy(logits: tf.Tensor2D, ids: tf.Tensor1D): tf.Scalar {
  return tf.tidy(() => tf.mean(crossEntropyEach(logits, ids)));
}

/**
 * The loss of each position in nats: logits (N, V), ids (N) of int32 from 0 to V − 1 -> (N).
 *
 * The gradient is computed with the loss and kept; it has no gradient of its own. Throws `ShapeError` for other shapes,
 * and `ConfigError` for ids that are not int32 or have no class; from a compiled step the latter is TensorFlow's own
 * error, "indices[…] does not index into param shape".
 */
export function crossEntropyEach(logits: tf.Tensor2D, ids: tf.Tensor1D): tf.Tensor1D {
  expectClasses(logits, ids);
  const losses = tf.customGrad((x, save) => {
    const [each, slope] = tf
      .engine()
      .runKernel<tf.Tensor[]>(CROSS_ENTROPY, { logits: x as tf.Tensor, ids }) as [
      tf.Tensor1D,
      tf.Tensor2D,
    ];
    (save as tf.GradSaveFunc)([slope]);
    return {
      value: each,
      gradFunc: (dy: tf.Tensor, [saved]) => tf.mul(saved as tf.Tensor, tf.expandDims(dy, 1)), // (N, V)
    };
  });
  return losses(logits) as tf.Tensor1D;
}

function expectClasses(logits: tf.Tensor, ids: tf.Tensor): void {
  if (logits.rank !== 2 || ids.rank !== 1 || logits.shape[0] !== ids.shape[0]) {
    throw new ShapeError(
      `crossEntropy: expected logits (N, V) and ids (N), got (${logits.shape.join(", ")}) and (${ids.shape.join(", ")}); tf.reshape puts all positions on one axis`,
    );
  }
  if (ids.dtype !== "int32") {
    throw new ConfigError(
      `crossEntropy: expected ids of int32, got ${ids.dtype}; make them with tf.tensor1d(ids, "int32")`,
    );
  }
}
