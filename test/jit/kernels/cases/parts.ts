import * as tf from "@tensorflow/tfjs";

import { floats, ints, kernelCase, truths, type KernelCase } from "../kernel-case.ts";

export const parts: readonly KernelCase[] = [
  kernelCase("slice", {
    inputs: [floats([5]), floats([3, 4]), floats([2, 3, 4])],
    step: (vector, matrix, x) => [
      tf.slice(vector, 2),
      tf.slice(vector, 1, 2),
      tf.slice(matrix, [1, 0], [2, 3]),
      tf.slice(matrix, [0, 2], [-1, -1]),
      tf.slice(x, [0, 1], [2, 1]),
    ],
  }),
  kernelCase("stridedSlice", {
    inputs: [floats([6]), floats([4, 5]), floats([2, 3, 4])],
    step: (vector, matrix, x) => [
      tf.stridedSlice(vector, [1], [6], [2]),
      tf.stridedSlice(vector, [-1], [-6], [-2]),
      tf.stridedSlice(matrix, [1, 0], [3, 4], [1, 2]),
      tf.stridedSlice(matrix, [1, 1], [3, 4], [1, 1], 1, 2),
      tf.stridedSlice(matrix, [2, 0], [3, 4], [1, 1], 0, 0, 0, 0, 1),
      tf.stridedSlice(x, [0, 1], [0, 3], [1, 1], 0, 0, 1),
      tf.stridedSlice(matrix, [0, 0, 1], [0, 2, 3], [1, 1, 1], 0, 0, 0, 1),
    ],
    gradientError: "gradient function not found for StridedSlice.",
  }),
  kernelCase("split", {
    inputs: [floats([4, 6])],
    step: (x) => [
      ...tf.split(x, 2),
      ...tf.split(x, 3, 1),
      ...tf.split(x, [1, 2, 3], -1),
      ...tf.split(x, [1, -1], 0),
    ],
  }),
  // The gradient does not know a list of one.
  kernelCase("split into one", {
    inputs: [floats([2, 3])],
    step: (x) => tf.split(x, 1, 1),
    gradientError: "Pass at least one tensor to concat",
  }),
  kernelCase("unstack and stack", {
    inputs: [floats([3, 2]), floats([3, 2])],
    step: (a, b) => [
      ...tf.unstack(a),
      ...tf.unstack(a, 1),
      ...tf.unstack(a, -1),
      tf.stack([a, b]),
      tf.stack([a, b], 1),
      tf.stack([a, b], 2),
      tf.stack([a, b], -1),
      tf.stack([a]),
    ],
  }),
  kernelCase("concat", {
    inputs: [floats([2, 3]), floats([2, 1]), floats([2, 2]), floats([1, 3])],
    step: (a, b, c, d) => [tf.concat([a, b, c], 1), tf.concat([a, d], 0), tf.concat([b, c], -1)],
  }),
  kernelCase("parts of whole numbers and truths", {
    inputs: [ints([2, 4], { below: 9 }), truths([2, 4])],
    step: (x, truth) =>
      [x, truth].flatMap((each) => [
        tf.slice(each, [0, 1], [2, 2]),
        ...tf.split(each, 2, 1),
        ...tf.unstack(each),
        tf.stack([each, each]),
        tf.concat([each, each]),
      ]),
  }),
];
