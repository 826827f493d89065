/**
 * Kernels that compute each element from the elements at its own place: arithmetic, functions of one number.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Operations-Arithmetic
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { TensorType } from "../graph.ts";
import type { Kernel } from "./kernel.ts";

/** f(x): the output is of the input's type. */
const functions = [
  "Abs", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Ceil", "ClipByValue", "Cos", "Cosh", "Elu", "Erf", "Exp",
  "Expm1", "Floor", "LeakyRelu", "Log", "Log1p", "Neg", "OnesLike", "Reciprocal", "Relu", "Relu6", "Round", "Rsqrt",
  "Selu", "Sigmoid", "Sign", "Sin", "Sinh", "Softplus", "Sqrt", "Square", "Step", "Tan", "Tanh", "ZerosLike",
] as const; // prettier-ignore

/** f(a, b), broadcast to one shape. */
const arithmetic = [
  "Add", "Atan2", "FloorDiv", "Maximum", "Minimum", "Mod", "Multiply", "Pow", "RealDiv", "SquaredDifference", "Sub",
] as const; // prettier-ignore

/** The type of an elementwise combination of two tensors. */
export function broadcastType(a: TensorType, b: TensorType): TensorType {
  const shape = tf.backend_util.assertAndGetBroadcastShape([...a.shape], [...b.shape]);
  return { shape, dtype: a.dtype };
}

export const pointwise: readonly Kernel[] = [
  ...functions.map((name): Kernel => ({
    name,
    inputs: ["x"],
    outputs: ([x]) => [x as TensorType],
    pointwise: true,
  })),
  ...arithmetic.map((name): Kernel => ({
    name,
    inputs: ["a", "b"],
    outputs: ([a, b]) => [broadcastType(a as TensorType, b as TensorType)],
    pointwise: true,
  })),
];
