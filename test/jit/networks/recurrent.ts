/** An LSTM over characters, unrolled: one matrix product for each place of the text. */
import * as tf from "@tensorflow/tfjs";

import { Weights, descent } from "./weights.ts";

const [B, T, C, V] = [4, 12, 16, 11];

/** A training step on ids (B, T) and the ids that follow them. */
export function recurrent(): (x: tf.Tensor2D, y: tf.Tensor2D) => tf.Scalar {
  const weights = new Weights();
  const tokens = weights.matrix(V, C, 0.3);
  const gates = weights.matrix(2 * C, 4 * C, 0.2);
  const bias = weights.filled(4 * C, 0);
  const head = weights.matrix(C, V, 0.3);
  const loss = (x: tf.Tensor2D, y: tf.Tensor2D): tf.Scalar => {
    let [h, c]: [tf.Tensor, tf.Tensor] = [tf.zeros([B, C]), tf.zeros([B, C])];
    const states = tf.unstack(tf.gather(tokens, x), 1).map((input) => {
      const sum: tf.Tensor = tf.add(tf.matMul(tf.concat([input, h], 1), gates), bias);
      const [i, f, g, o] = tf.split(sum, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
      h = tf.mul(tf.sigmoid(o), tf.tanh(c));
      return h;
    });
    const logits = tf.matMul(tf.reshape(tf.stack(states, 1), [B * T, C]), head);
    return tf.losses.softmaxCrossEntropy(tf.oneHot(tf.reshape(y, [-1]), V), logits);
  };
  return (x, y) => descent(weights.all, { loss: () => loss(x, y), rate: 0.5 });
}

/** Shape and limit of its ids. */
export const recurrentIds = { shape: [B, T] as [number, number], limit: V };
