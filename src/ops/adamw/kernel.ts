/**
 * The kernel AdamW: all of a step for the weights of one variable.
 *
 *     m' = β₁ m + (1 − β₁) g
 *     v' = β₂ v + (1 − β₂) g²
 *     w' = keep · w − size · m' / (√v' + epsilon)
 *
 * The corrections of m and v are put into the two numbers size = rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) and
 * epsilon = ε · √(1 − β₂ᵗ), which are the same for all variables; keep = 1 − rate · λ, absent where nothing decays.
 *
 * Source:  Kingma and Ba (2015), "Adam", end of section 2; Loshchilov and Hutter (2019), algorithm 2
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { defineKernel } from "../../jit/kernels/kernel.ts";
import { numberOf } from "../../jit/kernels/attributes.ts";
import { registerComposite } from "../composite.ts";

/** The kernel's name. */
export const ADAM_W = "AdamW";

defineKernel({
  name: ADAM_W,
  inputs: ["w", "m", "v", "g", "size", "epsilon", "keep?"],
  outputs: (inputs) => inputs.slice(0, 3),
});

registerComposite(ADAM_W, {
  engines: ["cpu", "wasm", "tensorflow"],
  compose: ({ w, m, v, g, size, epsilon, keep }, attributes) => {
    const [beta1, beta2] = [numberOf(attributes, "beta1"), numberOf(attributes, "beta2")];
    // Not m + (g − m)(1 − β₁): where m is far larger than g, that loses g.
    const average = (old: tf.Tensor, next: tf.Tensor, beta: number): tf.Tensor =>
      tf.add(tf.mul(old, beta), tf.mul(next, 1 - beta));
    const mean = average(m as tf.Tensor, g as tf.Tensor, beta1);
    const square = average(v as tf.Tensor, tf.square(g as tf.Tensor), beta2);
    const change = tf.div(mean, tf.add(tf.sqrt(square), epsilon as tf.Scalar));
    const kept = keep ? tf.mul(w as tf.Tensor, keep) : (w as tf.Tensor);
    return [tf.sub(kept, tf.mul(change, size as tf.Scalar)), mean, square];
  },
});
