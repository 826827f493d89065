import * as tf from "@tensorflow/tfjs";

import { floats, kernelCase, type KernelCase } from "../kernel-case.ts";

export const creation: readonly KernelCase[] = [
  kernelCase("fill, zeros, ones", {
    inputs: [floats([2, 3])],
    step: (x) => [
      tf.mul(x, tf.fill([3], 0.1)),
      tf.mul(x, tf.ones([2, 3])),
      tf.add(x, tf.zeros([1, 3])),
      tf.fill([2], 7, "int32"),
      tf.fill([2], 1, "bool"),
      tf.fill([0, 2], 1),
      tf.fill([], 2.5),
    ],
  }),
  kernelCase("range", {
    inputs: [floats([1])],
    step: (x) => [
      tf.mul(x, tf.range(0, 5)),
      tf.range(1, 2, 0.3),
      tf.range(3, 0),
      tf.range(3, 0, -2),
      tf.range(0, 3, -1),
      tf.range(3, 0, 2),
      tf.range(2, 2),
      tf.range(0, 9, 4, "int32"),
    ],
  }),
  kernelCase("linspace", {
    inputs: [floats([5])],
    step: (x) => [tf.mul(x, tf.linspace(-1, 2, 5)), tf.linspace(3, 1, 4), tf.linspace(2, 5, 1)],
  }),
  kernelCase("eye", {
    inputs: [floats([3, 3])],
    step: (x) => tf.mul(x, tf.eye(3)),
  }),
  // One matrix makes a list of one, whose gradient TensorFlow.js does not know.
  kernelCase("bandPart", {
    inputs: [floats([3, 3])],
    step: (x) => tf.linalg.bandPart(x, 1, 0),
    gradientError: "passed to stack must be a `Tensor[]`",
  }),
];
