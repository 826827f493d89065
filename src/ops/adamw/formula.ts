/**
 * AdamW: a step along the mean of recent gradients, measured in their usual size, and a pull of the weights to zero.
 *
 *     m ← β₁ m + (1 − β₁) g            mean of the gradients
 *     v ← β₂ v + (1 − β₂) g²           mean of their squares
 *     m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)   both began at zero: corrected for that
 *     w ← w − rate · (m̂ / (√v̂ + ε) + λ w)
 *
 * Source:  Kingma and Ba (2015), "Adam", algorithm 1; Loshchilov and Hutter (2019), "Decoupled Weight Decay
 *          Regularization", algorithm 2, with λ times the rate as PyTorch has it
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { oneMinusPower } from "./bias.ts";

/** The weights, and what is known of their gradients; all of one shape. */
export interface AdamWState {
  /** The weights. */
  readonly w: tf.Tensor;
  /** The mean of the gradients; zeros at first. */
  readonly m: tf.Tensor;
  /** The mean of their squares; zeros at first. */
  readonly v: tf.Tensor;
}

/** What a step is told beside its tensors. */
export interface AdamWStep {
  /** How many steps with this one: 1 at first. */
  readonly step: tf.Scalar;
  /** The learning rate. */
  readonly rate: tf.Scalar | number;
  /** β₁, 0.9 by default: the share of the mean that stays at each step. */
  readonly beta1?: number;
  /** β₂, 0.999 by default: the same for the squares. */
  readonly beta2?: number;
  /** ε, 1e-8 by default: keeps the quotient finite. */
  readonly epsilon?: number;
  /** λ, 0.01 by default: the share of a weight that goes at each step, times the rate. */
  readonly weightDecay?: number;
}

/** One step of AdamW for the gradient g of the weights: the new w, m and v. */
export function adamW(
  { w, m, v, g }: AdamWState & { readonly g: tf.Tensor },
  { step, rate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01 }: AdamWStep,
): AdamWState {
  return tf.tidy(() => {
    const mean = tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1));
    const square = tf.add(tf.mul(v, beta2), tf.mul(tf.square(g), 1 - beta2));
    const meanHat = tf.div(mean, oneMinusPower(beta1, step));
    const squareHat = tf.div(square, oneMinusPower(beta2, step));
    const direction = tf.div(meanHat, tf.add(tf.sqrt(squareHat), epsilon));
    const change = tf.add(direction, tf.mul(w, weightDecay));
    return { w: tf.sub(w, tf.mul(change, rate)), m: mean, v: square };
  });
}
