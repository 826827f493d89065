/**
 * The kernel CrossEntropy: losses and their slopes together, from operations that every engine has.
 *
 * Axes:    N positions, V classes
 * Source:  Goodfellow, Bengio and Courville (2016), "Deep Learning", sections 4.1 (overflow) and 6.2.2.3
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError } from "../../core/errors.ts";
import { defineKernel } from "../../jit/kernels/kernel.ts";
import { registerComposite } from "../composite.ts";

/** The kernel's name: logits (N, V) and ids (N) -> losses (N) and ∂losses / ∂logits (N, V). */
export const CROSS_ENTROPY = "CrossEntropy";

defineKernel({
  name: CROSS_ENTROPY,
  inputs: ["logits", "ids"],
  outputs: ([logits, ids]) => [
    { shape: ids?.shape ?? [], dtype: "float32" },
    { shape: logits?.shape ?? [], dtype: "float32" },
  ],
});

registerComposite(CROSS_ENTROPY, {
  engines: ["cpu", "wasm"],
  compose: (inputs) => {
    const { logits, ids } = inputs as { logits: tf.Tensor2D; ids: tf.Tensor1D };
    expectIds(ids, logits.shape[1]);
    return lossesAndSlopes(logits, ids);
  },
});

/** Losses (N) and slopes (N, V), for logits (N, V) and ids (N). */
function lossesAndSlopes(logits: tf.Tensor2D, ids: tf.Tensor1D): [tf.Tensor1D, tf.Tensor2D] {
  const classes = tf.range(0, logits.shape[1], 1, "int32"); // (V)
  const isTarget = tf.equal(tf.expandDims(ids, 1), classes); // (N, V)
  // softmax(x) = softmax(x − max x), whose powers of e do not overflow.
  const shifted = tf.sub(logits, tf.max(logits, 1, true)); // (N, V)
  const powers = tf.exp(shifted); // (N, V)
  const sums = tf.sum(powers, 1, true); // (N, 1)
  // Not a product with zeros and ones: 0 · −∞ of a masked class would be no number.
  const target = tf.sum(tf.where(isTarget, shifted, 0), 1); // (N)
  const losses: tf.Tensor1D = tf.sub(tf.squeeze(tf.log(sums), [1]), target); // (N)
  const slopes: tf.Tensor2D = tf.sub(tf.div(powers, sums), tf.cast(isTarget, "float32")); // (N, V)
  return [losses, slopes];
}

/** Throws `ConfigError` unless each id has a class: reads the ids, which costs microseconds where they are in memory. */
export function expectIds(ids: tf.Tensor1D, V: number): void {
  const wrong = ids.dataSync().find((id) => id < 0 || id >= V);
  if (wrong === undefined) return;
  throw new ConfigError(
    `crossEntropy: expected ids from 0 to ${V - 1}, got ${wrong}; the logits have one class for each id of the vocabulary`,
  );
}
