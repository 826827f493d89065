/**
 * An LSTM over characters in plain operations, unrolled: a product of matrices for each place of the text.
 *
 * Axes:    B batch, T positions, C channels, V different characters
 * Source:  Hochreiter and Schmidhuber (1997); the gates as in Gers et al. (2000), without biases
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { crossEntropy } from "../../ops/cross-entropy.ts";
import { descend } from "./descent.ts";
import { characters, textBatches, type Network } from "./network.ts";

const [B, T, C] = [16, 32, 128];
const RATE = 0.5;

/** The state h after every position, (B·T, C). */
function states(inputs: readonly tf.Tensor[], gates: tf.Tensor2D): tf.Tensor2D {
  let [h, c]: [tf.Tensor, tf.Tensor] = [tf.zeros([B, C]), tf.zeros([B, C])];
  const all = inputs.map((input) => {
    const sums: tf.Tensor2D = tf.matMul(tf.concat([input, h], 1), gates); // (B, 4 C)
    const [i, f, g, o] = tf.split(sums, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
    h = tf.mul(tf.sigmoid(o), tf.tanh(c));
    return h;
  });
  return tf.reshape(tf.stack(all, 1), [B * T, C]);
}

/** The LSTM of the table. */
export function recurrent(): Network {
  const { vocabulary: V } = characters();
  return {
    name: "lstm",
    title: `LSTM of ${C} channels, ${T} steps unrolled`,
    config: { C, T, V, rate: RATE },
    weights: [
      { name: "tokens", shape: [V, C], start: 0.1 },
      { name: "gates", shape: [2 * C, 4 * C], start: 0.08 },
      { name: "head", shape: [C, V], start: 0.1 },
    ],
    batches: () => textBatches([B, T], 64),
    build: (weights) => {
      const of = (name: string): tf.Tensor2D => weights[name] as unknown as tf.Tensor2D;
      return (x, y) =>
        descend(weights, RATE, () => {
          const inputs = tf.unstack(tf.gather(of("tokens"), x), 1); // T times (B, C)
          const logits: tf.Tensor2D = tf.matMul(states(inputs, of("gates")), of("head"));
          return crossEntropy(logits, tf.reshape<tf.Rank.R1>(y, [B * T]));
        });
    },
  };
}
