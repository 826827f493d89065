/** Networks on pictures: one of plain convolutions, one of tf.layers with both kinds of normalization. */
import * as tf from "@tensorflow/tfjs";

import { Weights, descent } from "./weights.ts";

const B = 8;
const CLASSES = 5;

/** A training step of two convolutions with pooling and a dense layer, on pictures (B, 12, 12, 1) and classes (B, 1). */
export function convolutional(): (x: tf.Tensor4D, y: tf.Tensor2D) => tf.Scalar {
  const weights = new Weights();
  const filters = [weights.filter([3, 3, 1, 4], 0.3), weights.filter([3, 3, 4, 8], 0.2)];
  const biases = [weights.filled(4, 0), weights.filled(8, 0)];
  const head = weights.matrix(3 * 3 * 8, CLASSES, 0.1);
  const loss = (x: tf.Tensor4D, y: tf.Tensor2D): tf.Scalar => {
    const features = filters.reduce<tf.Tensor4D>((picture, filter, place) => {
      const sums = tf.add(tf.conv2d(picture, filter, 1, "same"), biases[place] as tf.Tensor1D);
      return tf.maxPool(tf.relu(sums) as tf.Tensor4D, 2, 2, "same");
    }, x);
    const logits = tf.matMul(tf.reshape(features, [B, -1]), head);
    return tf.losses.softmaxCrossEntropy(tf.oneHot(tf.reshape(y, [-1]), CLASSES), logits);
  };
  return (x, y) => descent(weights.all, { loss: () => loss(x, y), rate: 0.05 });
}

/** A training step of a model of tf.layers: convolutions, normalization of batches and of layers, an LSTM. */
export function layered(): (x: tf.Tensor4D, y: tf.Tensor2D) => tf.Scalar {
  const { layers } = tf;
  const seeded = (seed: number): ReturnType<typeof tf.initializers.glorotUniform> =>
    tf.initializers.glorotUniform({ seed });
  const input = tf.input({ shape: [12, 12, 1] });
  const stack = [
    layers.conv2d({ filters: 6, kernelSize: 3, padding: "same", kernelInitializer: seeded(1) }),
    layers.batchNormalization(),
    layers.reLU(),
    layers.depthwiseConv2d({ kernelSize: 3, padding: "same", depthwiseInitializer: seeded(2) }),
    layers.averagePooling2d({ poolSize: 2 }),
    layers.reshape({ targetShape: [6, 36] }),
    layers.lstm({ units: 8, kernelInitializer: seeded(3), recurrentInitializer: seeded(4) }),
    layers.layerNormalization(),
    layers.dense({ units: CLASSES, activation: "softmax", kernelInitializer: seeded(5) }),
  ];
  const output = stack.reduce<tf.SymbolicTensor>(
    (above, layer) => layer.apply(above) as tf.SymbolicTensor,
    input,
  );
  const model = tf.model({ inputs: input, outputs: output });
  // Protected by TypeScript alone: the variable behind a weight of a layer.
  const weights = model.trainableWeights.map(
    (weight) => (weight as unknown as { val: tf.Variable }).val,
  );
  const loss = (x: tf.Tensor4D, y: tf.Tensor2D): tf.Scalar => {
    const predicted = model.apply(x, { training: true }) as tf.Tensor;
    const wanted = tf.oneHot(tf.reshape(y, [-1]), CLASSES);
    return tf.mean<tf.Scalar>(tf.metrics.categoricalCrossentropy(wanted, predicted));
  };
  return (x, y) => descent(weights, { loss: () => loss(x, y), rate: 0.1 });
}

/** Pictures (B, 12, 12, 1), the same for the same seed. */
export function pictures(seed: number): tf.Tensor4D {
  return tf.randomNormal<tf.Rank.R4>([B, 12, 12, 1], 0, 1, "float32", seed);
}

/** Shape and limit of their classes. */
export const pictureClasses = { shape: [B, 1] as [number, number], limit: CLASSES };
