/**
 * Positions: attention does not see the order of words, so order is given to it as numbers.
 *
 * Three ways: waves added to the embedding (`sinusoids`), a learned table added to it (an embedding like any other), or
 * queries and keys turned by an angle that grows with the position (`rotate`), so that their product depends on the
 * distance alone.
 *
 * Axes:    B batch, T positions, C channels, H heads, D channels of a head
 * Source:  Vaswani et al. (2017), section 3.5, https://arxiv.org/abs/1706.03762;
 *          Su et al. (2021), "RoFormer", section 3.2, https://arxiv.org/abs/2104.09864
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError, ShapeError } from "../core/errors.ts";

/** The slowest wave is so many times as long as the fastest (both papers). */
const SLOWEST = 10_000;

/**
 * Waves (T, C): channel 2i is sin(t / 10000^(2i / C)), channel 2i + 1 the cosine of the same.
 *
 * Throws `ConfigError` for an odd number of channels.
 */
export function sinusoids(T: number, C: number): tf.Tensor2D {
  expectPairs("sinusoids", C);
  return tf.tidy(() => {
    const t = tf.range(0, T, 1, "int32");
    const { sin, cos } = waves(t, C); // (T, C / 2) each
    return tf.reshape(tf.stack([sin, cos], -1), [T, C]);
  });
}

/**
 * Rotary positions: turns the pair (x_i, x_{i + D/2}) of each head by the angle t / 10000^(2i / D), (B, H, T, D) -> (B, H, T, D).
 *
 * `positions` says t of each column: (T), or (B, T) where rows stand at different places; int32. Throws `ConfigError`
 * for an odd D and `ShapeError` for positions of another length.
 */
export function rotate(x: tf.Tensor4D, positions: tf.Tensor1D | tf.Tensor2D): tf.Tensor4D {
  const [B, , T, D] = x.shape;
  expectPairs("rotate", D);
  if (
    positions.shape[positions.rank - 1] !== T ||
    (positions.rank === 2 && positions.shape[0] !== B)
  ) {
    throw new ShapeError(
      `rotate: expected positions of shape (${T}) or (${B}, ${T}), got (${positions.shape.join(", ")})`,
    );
  }
  return tf.tidy(() => {
    const flat: tf.Tensor1D = tf.reshape(positions, [positions.size]);
    const rows = positions.rank === 2 ? B : 1;
    const shape: [number, number, number, number] = [rows, 1, T, D / 2];
    const { sin, cos } = waves(flat, D);
    const [s, c] = [tf.reshape(sin, shape), tf.reshape(cos, shape)];
    const [first, second] = tf.split(x, 2, -1) as [tf.Tensor4D, tf.Tensor4D]; // (B, H, T, D / 2) each
    return tf.concat<tf.Tensor4D>(
      [tf.sub(tf.mul(first, c), tf.mul(second, s)), tf.add(tf.mul(second, c), tf.mul(first, s))],
      -1,
    );
  });
}

/** Sine and cosine of each position for each of size / 2 speeds. */
function waves(
  positions: tf.Tensor1D,
  size: number,
): { readonly sin: tf.Tensor; readonly cos: tf.Tensor } {
  // As tensors, for a compiled step takes no list of numbers: 10000^(−2i / size) = e^(−2i ln 10000 / size).
  const speeds = tf.exp(tf.mul(tf.range(0, size / 2), (-2 * Math.log(SLOWEST)) / size));
  const t = tf.reshape(tf.cast(positions, "float32"), [positions.size, 1]);
  const angles = tf.mul(t, tf.reshape(speeds, [1, size / 2])); // (T, size / 2)
  return { sin: tf.sin(angles), cos: tf.cos(angles) };
}

function expectPairs(who: string, size: number): void {
  if (size % 2 === 0) return;
  throw new ConfigError(
    `${who}: expected an even number of channels, for they go in pairs, got ${size}`,
  );
}
