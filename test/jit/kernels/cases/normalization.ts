import * as tf from "@tensorflow/tfjs";

import { floats, kernelCase, type KernelCase } from "../kernel-case.ts";

export const normalization: readonly KernelCase[] = [
  kernelCase("softmax of one to four axes", {
    inputs: [floats([5]), floats([2, 5]), floats([2, 1, 3, 4], { from: -20, to: 20 })],
    step: (...tensors) => tensors.map((x) => tf.softmax(x)),
  }),
  kernelCase("logSoftmax and softmax cross-entropy", {
    inputs: [floats([3, 4])],
    step: (x) => [
      tf.logSoftmax(x),
      tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d([1, 0, 3], "int32"), 4), x),
    ],
  }),
  kernelCase("batch normalization by channel", {
    inputs: [
      floats([2, 3, 3, 4]),
      floats([4]),
      floats([4], { from: 0.3, to: 2 }),
      floats([4]),
      floats([4]),
    ],
    step: (x, mean, variance, offset, scale) => [
      tf.batchNorm(x, mean, variance, offset, scale),
      tf.batchNorm(x, mean, variance, offset, scale, 0.1),
    ],
  }),
  // The gradient asks for both.
  kernelCase("batch normalization without scale or offset", {
    inputs: [
      floats([2, 3, 3, 4]),
      floats([4]),
      floats([4], { from: 0.3, to: 2 }),
      floats([4]),
      floats([2, 3]),
      floats([2, 3]),
      floats([2, 3], { from: 0.3, to: 2 }),
    ],
    step: (x, mean, variance, offset, matrix, means, variances) => [
      tf.batchNorm(matrix, means, variances),
      tf.batchNorm(x, mean, variance),
      tf.batchNorm(x, mean, variance, offset),
      tf.batchNorm(x, mean, variance, undefined, offset),
    ],
    gradientError: "Cannot read properties of undefined (reading 'dataId')",
  }),
  kernelCase("batch normalization by element", {
    inputs: [
      floats([2, 3]),
      floats([2, 3]),
      floats([2, 3], { from: 0.3, to: 2 }),
      floats([2, 3]),
      floats([2, 3]),
    ],
    step: (x, mean, variance, offset, scale) => [
      tf.batchNorm(x, mean, variance, offset, scale, 0.01),
    ],
  }),
  kernelCase("local response normalization", {
    inputs: [floats([2, 2, 2, 6]), floats([2, 2, 5])],
    step: (x, picture) => [
      tf.localResponseNormalization(x),
      tf.localResponseNormalization(x, 2, 1.5, 0.4, 0.6),
      tf.localResponseNormalization(picture, 1),
    ],
  }),
];
