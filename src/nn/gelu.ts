/**
 * GELU: a bend between layers, without which two linear layers would be one.
 *
 *     gelu(x) = x · Φ(x), Φ the share of normal numbers below x
 *
 * Far above zero it is x, far below it is 0, and between them it is smooth.
 *
 * Source:  Hendrycks and Gimpel (2016), "Gaussian Error Linear Units", section 2, https://arxiv.org/abs/1606.08415
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

/** x · Φ(x) of each number, Φ(x) = (1 + erf(x / √2)) / 2: any shape. */
export function gelu<X extends tf.Tensor>(x: X): X {
  return tf.tidy(() => tf.mul<X>(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)));
}

/** GPT-1's and GPT-2's: x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2, at most 0.0005 from `gelu`. Any shape. */
export function geluTanh<X extends tf.Tensor>(x: X): X {
  return tf.tidy(() => {
    const cubic = tf.mul(tf.add(tf.mul(tf.square(x), 0.044715), 1), x); // x + 0.044715 x³
    return tf.mul<X>(tf.mul(x, 0.5), tf.add(tf.tanh(tf.mul(cubic, Math.sqrt(2 / Math.PI))), 1));
  });
}
