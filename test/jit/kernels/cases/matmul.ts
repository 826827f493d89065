import * as tf from "@tensorflow/tfjs";

import { floats, kernelCase, type KernelCase } from "../kernel-case.ts";

const flags = [false, true];
const activations = ["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"] as const;

export const matmul: readonly KernelCase[] = [
  ...flags.flatMap((transposeA) =>
    flags.map((transposeB) =>
      kernelCase(`matMul, transposed: ${transposeA} and ${transposeB}`, {
        inputs: [
          transposeA ? floats([4, 3]) : floats([3, 4]),
          transposeB ? floats([5, 4]) : floats([4, 5]),
          transposeA ? floats([2, 4, 3]) : floats([2, 3, 4]),
          transposeB ? floats([2, 5, 4]) : floats([2, 4, 5]),
        ],
        step: (a, b, batchA, batchB) => [
          tf.matMul(a, b, transposeA, transposeB),
          tf.matMul(batchA, batchB, transposeA, transposeB),
        ],
      }),
    ),
  ),
  kernelCase("matMul with several leading axes", {
    inputs: [floats([2, 3, 4, 5]), floats([2, 3, 5, 2])],
    step: (a, b) => tf.matMul(a, b),
  }),
  kernelCase("matMul with leading axes broadcast", {
    inputs: [floats([1, 3, 4]), floats([2, 4, 5]), floats([4, 5])],
    step: (a, b, matrix) => [tf.matMul(a, b), tf.matMul(a, matrix)],
    gradientError: "The gradient of input 'b' has shape '1,4,5'",
  }),
  kernelCase("dot and outerProduct", {
    inputs: [floats([3]), floats([3]), floats([2, 3])],
    step: (a, b, matrix) => [tf.dot(a, b), tf.dot(matrix, a), tf.outerProduct(a, b)],
  }),
  ...activations.map((activation) =>
    kernelCase(`fused matMul, ${activation}`, {
      inputs: [floats([3, 4]), floats([4, 5]), floats([5]), floats([2, 3, 4]), floats([2, 4, 5])],
      step: (a, b, bias, batchA, batchB) => {
        const preluActivationWeights = activation === "prelu" ? bias : undefined;
        const more = { activation, preluActivationWeights, leakyreluAlpha: 0.3 };
        return [
          tf.fused.matMul({ a, b, ...more }),
          tf.fused.matMul({ a, b, bias, ...more }),
          tf.fused.matMul({ a: batchA, b: batchB, bias, ...more }),
        ];
      },
    }),
  ),
  kernelCase("fused matMul, transposed", {
    inputs: [floats([4, 3]), floats([5, 4]), floats([5])],
    step: (a, b, bias) => tf.fused.matMul({ a, b, bias, transposeA: true, transposeB: true }),
  }),
  kernelCase("einsum", {
    inputs: [floats([2, 3, 4]), floats([2, 4, 5]), floats([3, 4])],
    step: (a, b, c) => [
      tf.einsum("bij,bjk->bik", a, b),
      tf.einsum("bij,bjk->kib", a, b),
      tf.einsum("bij->jb", a),
      tf.einsum("ij,ij->", c, c),
      tf.einsum("bij,ij->b", a, c),
    ],
    gradientError: "gradient function not found for Einsum.",
  }),
];
