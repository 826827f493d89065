/**
 * Comparisons, logic and choices in operations of TensorFlow.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops/Select
 * Chapter: notebooks/00-start.ipynb
 */
import { typeAttribute } from "./attr-value.ts";
import type { Lowering } from "./kernel-lowering.ts";
import { outputOf, plain, refsOf } from "./operands.ts";

/** Comparisons, logic, questions about one element, and the choice by an answer, lowered. */
export const comparison: Readonly<Record<string, Lowering>> = {
  ...Object.fromEntries(
    ["Equal", "Greater", "GreaterEqual", "Less", "LessEqual", "NotEqual"]
      .concat("IsFinite", "IsInf", "IsNan")
      .map((name) => [name, plain(name)]),
  ),
  ...Object.fromEntries(
    ["LogicalAnd", "LogicalNot", "LogicalOr"].map((name): [string, Lowering] => [
      name,
      (call) => [call.graph.operation(name, [], refsOf(call))],
    ]),
  ),
  // As the eager kernel says it: a condition with one axis chooses whole rows.
  Select: (call) => [
    call.graph.operation("Select", [typeAttribute("T", outputOf(call).dtype)], refsOf(call)),
  ],
};
