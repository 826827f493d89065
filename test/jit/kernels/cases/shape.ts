import * as tf from "@tensorflow/tfjs";

import { floats, given, ints, kernelCase, truths, type KernelCase } from "../kernel-case.ts";

export const shape: readonly KernelCase[] = [
  kernelCase("reshape, expandDims, squeeze", {
    inputs: [floats([2, 3, 4]), floats([]), floats([1, 3, 1])],
    step: (x, number, thin) => [
      tf.reshape(x, [6, 4]),
      tf.reshape(x, [-1, 3]),
      tf.reshape(x, [24]),
      tf.reshape(number, [1, 1]),
      tf.expandDims(x, 1),
      tf.expandDims(x, -1),
      tf.squeeze(thin),
      tf.squeeze(thin, [2]),
    ],
  }),
  kernelCase("transpose", {
    inputs: [floats([2, 3]), floats([2, 3, 4]), floats([2, 3, 2, 4])],
    step: (matrix, x, four) => [
      tf.transpose(matrix),
      tf.transpose(x),
      tf.transpose(x, [1, 0, 2]),
      tf.transpose(x, [2, 0, 1]),
      tf.transpose(four, [0, 2, 1, 3]),
    ],
  }),
  kernelCase("moves of whole numbers and truths", {
    inputs: [ints([2, 3], { below: 9 }), truths([2, 3])],
    step: (x, truth) =>
      [x, truth].flatMap((each) => [
        tf.transpose(each),
        tf.reshape(each, [3, 2]),
        tf.tile(each, [1, 2]),
        tf.reverse(each),
      ]),
  }),
  kernelCase("tile and broadcastTo", {
    inputs: [floats([2, 3]), floats([3]), floats([2, 1]), floats([])],
    step: (x, row, column, number) => [
      tf.tile(x, [2, 1]),
      tf.tile(x, [1, 3]),
      tf.tile(row, [4]),
      tf.broadcastTo(row, [2, 3]),
      tf.broadcastTo(column, [2, 3]),
      tf.broadcastTo(column, [4, 2, 3]),
      tf.broadcastTo(number, [2, 2]),
    ],
  }),
  kernelCase("pad", {
    inputs: [floats([2, 3]), floats([3]), ints([2], { from: 3, below: 9 })],
    step: (x, row, whole) => [
      tf.pad(x, [
        [1, 0],
        [2, 3],
      ]),
      tf.pad(row, [[0, 2]], 1.5),
      tf.pad(whole, [[1, 1]], 7),
    ],
  }),
  kernelCase("mirrorPad", {
    inputs: [floats([3, 4])],
    step: (x) => {
      const borders: [number, number][] = [
        [1, 2],
        [0, 1],
      ];
      return [tf.mirrorPad(x, borders, "reflect"), tf.mirrorPad(x, borders, "symmetric")];
    },
  }),
  kernelCase("reverse", {
    inputs: [floats([2, 3, 2])],
    step: (x) => [tf.reverse(x), tf.reverse(x, 1), tf.reverse(x, [0, -1])],
  }),
  kernelCase("diag", {
    inputs: [floats([3]), floats([2, 2])],
    step: (x, matrix) => [tf.diag(x), tf.diag(matrix)],
    gradientError: "gradient function not found for Diag.",
  }),
  kernelCase("broadcastArgs", {
    inputs: [given([2, 1, 3], [3], "int32"), given([5, 1], [2], "int32")],
    step: (a, b) => [tf.broadcastArgs(a, b), tf.broadcastArgs(b, a)],
  }),
];
