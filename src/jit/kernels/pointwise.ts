/**
 * Kernels that compute each element from the elements at its own place: arithmetic, functions of one number.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Operations-Arithmetic
 * Chapter: notebooks/00-start.ipynb
 */
import { elementTypeOf } from "./attributes.ts";
import type { Kernel } from "./kernel.ts";
import { broadcastShape, broadcastType, first, likeFirst, second } from "./input-types.ts";

/** f(x), of the type of x: powers and logarithms. */
const powers = ["Expm1", "Log", "Log1p", "Reciprocal", "Rsqrt", "Sqrt", "Square"];

/** f(x), of the type of x: angles. */
const angles = ["Acos", "Asin", "Atan", "Cos", "Sin", "Tan"];

/** f(x), of the type of x: angles of the hyperbola. */
const hyperbolic = ["Acosh", "Asinh", "Atanh", "Cosh", "Sinh", "Tanh"];

/** f(x), of the type of x: signs and whole numbers; the limits of ClipByValue are attributes. */
const numbers = ["Abs", "Ceil", "ClipByValue", "Floor", "Neg", "OnesLike", "Round", "Sign"];

/** f(x), of the type of x: what neurons apply to their sums; `alpha` of LeakyRelu and Step is an attribute. */
const activations = ["Elu", "Erf", "LeakyRelu", "Relu", "Relu6", "Selu", "Sigmoid", "Softplus"];

/** f(a, b), broadcast to one shape. */
const arithmetic = ["Add", "FloorDiv", "Mod", "Multiply", "Pow", "RealDiv", "Sub"];

/** f(a, b), broadcast to one shape. */
const pairs = ["Atan2", "Maximum", "Minimum", "SquaredDifference"];

const functionsOfOne = [...powers, ...angles, ...hyperbolic, ...numbers, ...activations];

/** Arithmetic, functions of one number, casts, and sums of several tensors. */
export const pointwise: readonly Kernel[] = [
  ...[...functionsOfOne, "ZerosLike"].map((name): Kernel => ({
    name,
    inputs: ["x"],
    outputs: likeFirst,
    pointwise: true,
  })),
  ...[...arithmetic, ...pairs].map((name): Kernel => ({
    name,
    inputs: ["a", "b"],
    outputs: (inputs) => [broadcastType(first(inputs), second(inputs))],
    pointwise: true,
  })),
  // A sum of any number of tensors of one shape.
  { name: "AddN", inputs: "list", outputs: likeFirst, pointwise: true },
  {
    name: "Cast",
    inputs: ["x"],
    outputs: (inputs, attributes) => [
      { shape: first(inputs).shape, dtype: elementTypeOf(attributes, "dtype") },
    ],
    pointwise: true,
  },
  // The gradient of Elu at y = elu(x).
  { name: "EluGrad", inputs: ["dy", "y"], outputs: likeFirst, pointwise: true },
  // Whole numbers are made real first; the other functions refuse them.
  {
    name: "Exp",
    inputs: ["x"],
    outputs: (inputs) => [{ shape: first(inputs).shape, dtype: "float32" }],
    pointwise: true,
  },
  // max(x, 0) + alpha · min(x, 0); alpha broadcasts.
  {
    name: "Prelu",
    inputs: ["x", "alpha"],
    outputs: (inputs) => [
      { shape: broadcastShape(first(inputs).shape, second(inputs).shape), dtype: "float32" },
    ],
    pointwise: true,
  },
  // 1 where x > 0, else the constant alpha; NaN stays.
  { name: "Step", inputs: ["x"], outputs: likeFirst, pointwise: true },
];
