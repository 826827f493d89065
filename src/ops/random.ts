/**
 * Random tensors from a seed tensor: the same numbers on every engine, operation by operation and compiled.
 *
 * Element n of a draw is word n mod 4 of one block of Philox-4x32-10:
 *
 *     key      seed[0], seed[1]
 *     counter  ⌊n / 4⌋, 0, stream, 0        the lowest word first
 *
 * The seed is a tensor, so that it may change from call to call of a compiled step: [seed of the run, step]. The stream
 * tells the draws of one step apart: one number for each layer. Stream 0 of the seed [s, 0] are the words of `Random(s)`.
 *
 * Source:  Salmon et al. (2011), "Parallel Random Numbers: As Easy as 1, 2, 3", section 3.3
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError } from "../core/errors.ts";
import { BITS, UNIFORM } from "./random/kernel.ts";
import "./random/tensorflow.ts";

/** Which numbers are drawn. */
export interface Draw {
  /** (2) of int32: a new one for each step. */
  readonly seed: tf.Tensor1D;
  /** A whole number from 0 to 2³¹ − 1: another one for each draw from the same seed. */
  readonly stream: number;
}

/**
 * Random words: int32 of that shape, all 2³² equally likely.
 *
 * Throws `ConfigError` for a seed that is not int32 of shape (2) and for a stream out of range, as all draws here do.
 */
export function randomBits<R extends tf.Rank>(shape: tf.ShapeMap[R], draw: Draw): tf.Tensor<R> {
  return run<R>(BITS, shape, draw);
}

/** Random numbers from 0 up to but not 1: float32 of that shape, k / 2²⁴ with k the upper 24 bits of a word. */
export function randomUniform<R extends tf.Rank>(shape: tf.ShapeMap[R], draw: Draw): tf.Tensor<R> {
  return run<R>(UNIFORM, shape, draw);
}

/**
 * Random numbers of mean 0 and deviation 1, float32 of that shape: pairs √(−2 ln u) · (cos 2πv, sin 2πv).
 *
 * u and v are the same on every engine; logarithm and angles are the engine's, so the numbers agree to 1e-5. The
 * largest possible is 5.8 (Box and Muller, 1958).
 */
export function randomNormal<R extends tf.Rank>(shape: tf.ShapeMap[R], draw: Draw): tf.Tensor<R> {
  const size = tf.util.sizeFromShape(shape);
  const half = Math.ceil(size / 2);
  return tf.tidy(() => {
    const uniform = randomUniform<tf.Rank.R2>([2, half], draw);
    const [u, v] = tf.unstack(uniform) as [tf.Tensor1D, tf.Tensor1D];
    const radius = tf.sqrt(tf.mul(tf.log(tf.sub(1, u)), -2)); // of 1 − u, for ln 0 is no number
    const angle = tf.mul(v, 2 * Math.PI);
    const both = tf.concat([tf.mul(radius, tf.cos(angle)), tf.mul(radius, tf.sin(angle))]);
    return tf.reshape(tf.slice(both, 0, size), shape);
  });
}

function run<R extends tf.Rank>(
  kernel: string,
  shape: tf.ShapeMap[R],
  { seed, stream }: Draw,
): tf.Tensor<R> {
  if (seed.dtype !== "int32" || !tf.util.arraysEqual(seed.shape, [2])) {
    throw new ConfigError(
      `random: expected a seed of int32 and shape (2), got ${seed.dtype} and shape (${(seed.shape as number[]).join(", ")}); make it with tf.tensor1d([1, step], "int32")`,
    );
  }
  if (!Number.isInteger(stream) || stream < 0 || stream >= 2 ** 31) {
    throw new ConfigError(
      `random: expected a whole number from 0 to 2^31 - 1 as stream, got ${stream}; number the draws of a step 0, 1, 2 …`,
    );
  }
  return tf.engine().runKernel<tf.Tensor<R>>(kernel, { seed }, { shape: [...shape], stream });
}
