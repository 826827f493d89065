/**
 * How far a running mean that began at zero has come: 1 − βᵗ.
 *
 * Source:  Kingma and Ba (2015), "Adam: A Method for Stochastic Optimization", section 3
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

/**
 * 1 − βᵗ for the step t, a tensor, so that a compiled step counts.
 *
 * As −expm1(t ln β): in float32, 0.999¹ rounds so far that 1 − 0.999¹ is wrong in its fifth digit.
 */
export function oneMinusPower(beta: number, step: tf.Scalar): tf.Scalar {
  return tf.tidy(() => tf.neg(tf.expm1(tf.mul(tf.cast(step, "float32"), Math.log(beta)))));
}
