/**
 * Dropout: some elements become zero, each with the same chance, and the others grow so that the mean stays.
 *
 *     y = x · mask, mask = 1 / (1 − rate) where a random number is at least the rate, else 0
 *
 * Source:  Srivastava et al. (2014), "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", section 10
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError } from "../core/errors.ts";
import { randomUniform, type Draw } from "./random.ts";

/** What is dropped. */
export interface DropoutOptions extends Draw {
  /** The share that becomes zero, from 0 up to but not 1. */
  readonly rate: number;
}

/**
 * The elements of x that are kept, times 1 / (1 − rate), and zeros; its gradient goes through the same mask.
 *
 * The same seed and stream drop the same places. Throws `ConfigError` for a rate outside of [0, 1), and what
 * `randomUniform` throws.
 */
export function dropout<T extends tf.Tensor>(x: T, { rate, ...draw }: DropoutOptions): T {
  if (!(rate >= 0 && rate < 1)) {
    throw new ConfigError(
      `dropout: expected a rate from 0 up to but not 1, got ${rate}; 0.1 drops one element in ten`,
    );
  }
  if (rate === 0) return tf.clone(x);
  return tf.tidy(() => {
    const isKept = tf.greaterEqual(randomUniform(x.shape, draw), rate);
    const mask = tf.mul(tf.cast(isKept, "float32"), 1 / (1 - rate));
    return tf.mul(x, mask);
  });
}
