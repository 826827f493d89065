/**
 * Gradient descent in plain operations: w ← w − rate · ∂loss/∂w.
 *
 * Source:  Robbins and Monro (1951), "A Stochastic Approximation Method"
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

/** One step; returns the loss before. */
export function descend(
  weights: Readonly<Record<string, tf.Variable>>,
  rate: number,
  loss: () => tf.Scalar,
): tf.Scalar {
  const all = Object.values(weights);
  const { value, grads } = tf.variableGrads(loss, all);
  for (const weight of all) {
    weight.assign(tf.sub(weight, tf.mul(grads[weight.name] as tf.Tensor, rate)));
  }
  return value;
}
