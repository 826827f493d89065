/**
 * The kernel CrossEntropy: losses and their slopes together, and how a processor computes them.
 *
 * Axes:    N positions, V classes
 * Source:  Goodfellow, Bengio and Courville (2016), "Deep Learning", section 6.2.2.3
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError } from "../../core/errors.ts";
import { defineKernel } from "../../jit/kernels/kernel.ts";
import { registerComposite } from "../composite.ts";
import { lossesAndSlopes } from "./rows.ts";

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
    const V = logits.shape[1];
    expectIds(ids, V);
    const { losses, slopes } = lossesAndSlopes(logits.dataSync(), { ids: ids.dataSync(), V });
    return [tf.tensor1d(losses), tf.tensor2d(slopes, logits.shape)];
  },
});

/** Throws `ConfigError` unless each id has a class: reads the ids, which costs microseconds where they are in memory. */
export function expectIds(ids: tf.Tensor1D, V: number): void {
  const wrong = ids.dataSync().find((id) => id < 0 || id >= V);
  if (wrong === undefined) return;
  throw new ConfigError(
    `crossEntropy: expected ids from 0 to ${V - 1}, got ${wrong}; the logits have one class for each id of the vocabulary`,
  );
}
