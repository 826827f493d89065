/**
 * Dropout at many places of a model: one seed for a step, and another stream for each place.
 *
 * Source:  Srivastava et al. (2014), "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", section 10
 * Chapter: notebooks/13-pre-training.ipynb
 */
import type * as tf from "@tensorflow/tfjs";

import { dropout } from "../ops/dropout.ts";

/** Drops some elements of a tensor, or none: any shape, the same shape. */
export type Drop = <X extends tf.Tensor>(x: X) => X;

/** Drops nothing: how a model is used, and how it is evaluated. */
export const keepAll: Drop = (x) => x;

/**
 * Drops a share of the elements: call it once for each place, always in the same order.
 *
 * `seed` is (2) of int32, [seed of the run, step]: a new one for each step. The n-th call draws stream n. Throws as
 * `dropout` of `ops/dropout` does.
 */
export function dropping({
  rate,
  seed,
}: {
  readonly rate: number;
  readonly seed: tf.Tensor1D;
}): Drop {
  let stream = 0;
  return (x) => dropout(x, { rate, seed, stream: stream++ });
}
