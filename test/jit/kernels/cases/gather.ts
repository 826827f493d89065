import * as tf from "@tensorflow/tfjs";

import { floats, given, ints, kernelCase, truths, type KernelCase } from "../kernel-case.ts";

const rows = given([2, 0, 2, 1], [4], "int32");
const places = given([1, 0, 0, 2, 1, 0], [3, 2], "int32");

export const gather: readonly KernelCase[] = [
  kernelCase("gather", {
    inputs: [
      floats([3, 4, 5]),
      rows,
      given([1, 0, 3, 3], [2, 2], "int32"),
      given([1], [], "int32"),
    ],
    step: (x, vector, matrix, number) => [
      tf.gather(x, vector),
      tf.gather(x, matrix, 1),
      tf.gather(x, matrix, 2),
      tf.gather(x, number, 1),
    ],
  }),
  kernelCase("gather in batches", {
    inputs: [floats([2, 3, 4]), ints([2, 5], { below: 3 })],
    step: (x, indices) => [tf.gather(x, indices, 1, 1), tf.gather(x, indices, 2, 1)],
  }),
  // The gradient knows one batch axis at most.
  kernelCase("gather in batches of batches", {
    inputs: [floats([2, 3, 4]), ints([2, 3, 2], { below: 4 })],
    step: (x, indices) => tf.gather(x, indices, 2, 2),
    gradientError: "the requested shape has 72",
  }),
  kernelCase("gather of whole numbers and truths", {
    inputs: [ints([3, 2], { below: 9 }), truths([3, 2]), rows],
    step: (x, truth, vector) => [tf.gather(x, vector), tf.gather(truth, vector)],
  }),
  kernelCase("unsortedSegmentSum, with duplicates and an empty segment", {
    inputs: [floats([4, 3]), floats([4]), given([2, 0, 2, 0], [4], "int32")],
    step: (x, vector, segments) => [
      tf.unsortedSegmentSum(x, segments, 4),
      tf.unsortedSegmentSum(vector, segments, 3),
    ],
  }),
  kernelCase("gatherND", {
    inputs: [floats([2, 3, 4]), places, given([1, 0], [2, 1], "int32")],
    step: (x, pairs, singles) => [tf.gatherND(x, pairs), tf.gatherND(x, singles)],
    gradientError: "gradient function not found for GatherNd.",
  }),
  kernelCase("scatterND, with duplicates", {
    inputs: [places, floats([3]), given([1, 3, 1], [3, 1], "int32"), floats([3, 2])],
    step: (pairs, values, singles, lines) => [
      tf.scatterND(pairs, values, [2, 3]),
      tf.scatterND(singles, lines, [4, 2]),
    ],
    gradientError: "gradient function not found for ScatterNd.",
  }),
  kernelCase("tensorScatterUpdate", {
    inputs: [floats([4, 2]), given([3, 0], [2, 1], "int32"), floats([2, 2])],
    step: (x, indices, updates) => tf.tensorScatterUpdate(x, indices, updates),
    gradientError: "gradient function not found for TensorScatterUpdate.",
  }),
  kernelCase("sparseToDense", {
    inputs: [
      given([1, 3, 4], [3], "int32"),
      floats([3]),
      given([0, 1, 1, 0], [2, 2], "int32"),
      floats([]),
    ],
    step: (vector, values, matrix, fallback) => [
      tf.sparseToDense(vector, values, [6]),
      tf.sparseToDense(vector, values, [6], fallback),
      tf.sparseToDense(matrix, fallback, [2, 2], 0),
    ],
    gradientError: "gradient function not found for SparseToDense.",
  }),
  kernelCase("oneHot", {
    inputs: [ints([4], { below: 3 }), ints([2, 2], { below: 3 }), given([0, 7, -1], [3], "int32")],
    step: (vector, matrix, outside) => [
      tf.oneHot(vector, 3),
      tf.oneHot(matrix, 4, 2, -1),
      tf.oneHot(vector, 3, 0.5, 0.25, "float32"),
      tf.oneHot(vector, 3, 1, 0, "bool"),
      tf.oneHot(outside, 3),
    ],
  }),
  kernelCase("bincount", {
    inputs: [ints([9], { below: 5 }), floats([9])],
    step: (x, weights) => [tf.bincount(x, weights, 5), tf.bincount(x, [], 6)],
    gradientError: "gradient function not found for Bincount.",
  }),
];
