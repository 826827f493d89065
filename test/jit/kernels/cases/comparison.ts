import * as tf from "@tensorflow/tfjs";

import { floats, given, ints, kernelCase, truths, type KernelCase } from "../kernel-case.ts";

type Question = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** TensorFlow.js's own type wants two tensors of one rank, though it broadcasts them. */
const where = (condition: tf.Tensor, t: tf.Tensor, e: tf.Tensor): tf.Tensor =>
  tf.where(condition, t, e);

const questions: readonly (readonly [string, Question])[] = [
  ["equal", tf.equal],
  ["greater", tf.greater],
  ["greaterEqual", tf.greaterEqual],
  ["less", tf.less],
  ["lessEqual", tf.lessEqual],
  ["notEqual", tf.notEqual],
];

export const comparison: readonly KernelCase[] = [
  ...questions.map(([name, ask]) =>
    kernelCase(name, {
      inputs: [
        given([1, 2, NaN, -0, Infinity, 3], [2, 3]),
        given([1, 3, NaN], [3]),
        ints([2, 3], { below: 2 }),
        ints([3], { below: 2 }),
        truths([3]),
        truths([2, 1]),
      ],
      step: (a, b, wholeA, wholeB, truthA, truthB) => [
        ask(a, b),
        ask(b, a),
        ask(wholeA, wholeB),
        ask(wholeA, b),
        ...(name.includes("qual") && !name.includes("greater") && !name.includes("less")
          ? [ask(truthA, truthB)]
          : []),
      ],
      // Greater-or-equal is the one comparison with a gradient: zeros.
      gradientError: name === "greaterEqual" ? undefined : "gradient function not found for",
    }),
  ),
  kernelCase("and, or, not", {
    inputs: [truths([2, 4]), truths([4])],
    step: (a, b) => [
      tf.logicalAnd(a, b),
      tf.logicalOr(a, b),
      tf.logicalNot(a),
      tf.logicalXor(b, b),
    ],
  }),
  kernelCase("is it a number", {
    inputs: [given([NaN, Infinity, -Infinity, 0, 1], [5])],
    step: (x) => [tf.isNaN(x), tf.isInf(x), tf.isFinite(x)],
  }),
  kernelCase("where, broadcast", {
    inputs: [truths([2, 3]), truths([3]), floats([2, 3]), floats([]), floats([2, 1])],
    step: (condition, row, a, number, column) => [
      where(condition, a, number),
      where(row, column, a),
      where(condition, number, number),
    ],
  }),
  kernelCase("where, of whole numbers and truths", {
    inputs: [truths([4]), ints([4], { below: 9 }), ints([4], { below: 9 }), truths([4])],
    step: (condition, a, b, truth) => [
      tf.where(condition, a, b),
      tf.where(condition, truth, condition),
    ],
  }),
  kernelCase("the kernel Select chooses rows by a condition of one axis", {
    inputs: [given([1, 0], [2], "bool"), floats([2, 3]), floats([2, 3])],
    step: (condition, t, e) => tf.engine().runKernel<tf.Tensor>("Select", { condition, t, e }),
    gradientError: "Incompatible shapes: [2,3] vs. [2]",
  }),
];
