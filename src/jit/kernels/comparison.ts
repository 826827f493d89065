/**
 * Kernels that answer with true or false for each element, and the one that chooses by such answers.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Operations-Logical
 * Chapter: notebooks/00-start.ipynb
 */
import type { Kernel } from "./kernel.ts";
import { broadcastShape, broadcastType, first, second, third } from "./input-types.ts";

/** Questions about two numbers, broadcast to one shape. */
const ofTwo = ["Equal", "Greater", "GreaterEqual", "Less", "LessEqual", "NotEqual"];

/** Questions about two truths. */
const ofTruths = ["LogicalAnd", "LogicalOr"];

/** Questions about one element. */
const ofOne = ["IsFinite", "IsInf", "IsNan", "LogicalNot"];

/** Comparisons, logic, questions about one element, and the choice by an answer. */
export const comparison: readonly Kernel[] = [
  ...[...ofTwo, ...ofTruths].map((name): Kernel => ({
    name,
    inputs: ["a", "b"],
    outputs: (inputs) => [
      { shape: broadcastShape(first(inputs).shape, second(inputs).shape), dtype: "bool" },
    ],
    pointwise: true,
  })),
  ...ofOne.map((name): Kernel => ({
    name,
    inputs: ["x"],
    outputs: (inputs) => [{ shape: first(inputs).shape, dtype: "bool" }],
    pointwise: true,
  })),
  // t where the condition is true, else e; tf.where has broadcast the three.
  {
    name: "Select",
    inputs: ["condition", "t", "e"],
    outputs: (inputs) => [broadcastType(second(inputs), third(inputs))],
    pointwise: true,
  },
];
