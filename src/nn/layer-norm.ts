/**
 * Layer normalization: the numbers of one position get mean 0 and variance 1, whatever the layers before made of them.
 *
 *     y = (x − mean) / √(variance + ε) · gain + bias
 *
 * Axes:    B batch, T positions, C channels
 * Source:  Ba, Kiros and Hinton (2016), "Layer Normalization", section 3.1, https://arxiv.org/abs/1607.06450
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ShapeError } from "../core/errors.ts";

/** The weights of a norm. */
export interface NormWeights {
  /** (C), ones at first. */
  readonly gain: tf.Tensor1D;
  /** (C), zeros at first; without it nothing is added. */
  readonly bias?: tf.Tensor1D | undefined;
}

/** Keeps the root away from zero where all numbers of a position are equal; PyTorch's and GPT-2's value. */
const EPSILON = 1e-5;

/** Each position on its own: (B, T, C) -> (B, T, C). Throws `ShapeError` unless gain and bias have C numbers. */
export function layerNorm(x: tf.Tensor3D, { gain, bias }: NormWeights): tf.Tensor3D {
  const C = x.shape[2];
  if (gain.shape[0] !== C) {
    throw new ShapeError(`layerNorm: expected a gain of shape (${C}), got (${gain.shape[0]})`);
  }
  if (bias && bias.shape[0] !== C) {
    throw new ShapeError(`layerNorm: expected a bias of shape (${C}), got (${bias.shape[0]})`);
  }
  return tf.tidy(() => {
    const { mean, variance } = tf.moments(x, -1, true); // (B, T, 1) each
    const normed = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, EPSILON)));
    const scaled: tf.Tensor3D = tf.mul(normed, gain);
    return bias ? tf.add(scaled, bias) : scaled;
  });
}
