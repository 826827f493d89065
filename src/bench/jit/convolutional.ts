/**
 * A network of convolutions on pictures of ten classes, in plain operations.
 *
 * A picture is the pattern of its class with noise over it, both from a seed.
 *
 * Axes:    B batch, 28 × 28 pixels
 * Source:  LeCun et al. (1998), "Gradient-Based Learning Applied to Document Recognition", section II
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { Random } from "../../core/random.ts";
import { crossEntropy } from "../../ops/cross-entropy.ts";
import { descend } from "./descent.ts";
import type { Batches } from "../task-files.ts";
import { firstNumbers, type Network } from "./network.ts";

const [B, SIDE, CLASSES] = [32, 28, 10];
const RATE = 0.01;
const BATCHES = 16;

/** Convolution, bias, max(0, ·), the largest of each 2 × 2: half as wide and high. */
function features(x: tf.Tensor4D, filter: tf.Tensor, bias: tf.Tensor): tf.Tensor4D {
  const sums: tf.Tensor4D = tf.add(tf.conv2d(x, filter as tf.Tensor4D, 1, "same"), bias);
  return tf.maxPool(tf.relu(sums), 2, 2, "same");
}

function pictures(): Batches {
  const size = SIDE * SIDE;
  const patterns = firstNumbers({ name: "patterns", shape: [CLASSES, size], start: 1 }, 1);
  const noise = firstNumbers({ name: "noise", shape: [BATCHES * B, size], start: 1 }, 2);
  const random = new Random(3);
  const y = Int32Array.from({ length: BATCHES * B }, () => random.integer(CLASSES));
  const x = noise.map((value, place) => {
    const pattern = (y[Math.floor(place / size)] as number) * size + (place % size);
    return value + 0.5 * (patterns[pattern] as number);
  });
  return {
    count: BATCHES,
    x: { shape: [B, SIDE, SIDE, 1], values: x },
    y: { shape: [B], values: y },
  };
}

/** The network of convolutions of the table. */
export function convolutional(): Network {
  return {
    name: "cnn",
    title: "two convolutions of 28 × 28 pixels",
    config: { rate: RATE },
    weights: [
      { name: "filter1", shape: [3, 3, 1, 16], start: 0.2 },
      { name: "bias1", shape: [16], start: "zeros" },
      { name: "filter2", shape: [3, 3, 16, 32], start: 0.1 },
      { name: "bias2", shape: [32], start: "zeros" },
      { name: "head", shape: [7 * 7 * 32, CLASSES], start: 0.01 },
    ],
    batches: pictures,
    build: (weights) => {
      const of = (name: string): tf.Tensor => weights[name] as tf.Variable;
      return (x, y) =>
        descend(weights, RATE, () => {
          const lower = features(x as tf.Tensor4D, of("filter1"), of("bias1"));
          const upper = features(lower, of("filter2"), of("bias2"));
          const flat: tf.Tensor2D = tf.reshape(upper, [B, 7 * 7 * 32]);
          return crossEntropy(tf.matMul(flat, of("head")), y as tf.Tensor1D);
        });
    },
  };
}
