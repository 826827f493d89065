/**
 * Arithmetic that needs no tensor: times one, minus zero, numbers that are known.
 *
 * The gradients of TensorFlow.js are full of it: the gradient of a mean multiplies by a tensor of ones.
 *
 * Source:  https://www.tensorflow.org/guide/graph_optimization, on arithmetic simplification and constant folding
 * Chapter: notebooks/00-start.ipynb
 */
import { typeOf, type Operation, type TensorType, type Value } from "../graph.ts";
import { broadcast, fillOf, type Builder, type Rule } from "./rule.ts";

/** A simpler value for x · 1, x / 1, x − 0, zeros, ones, and arithmetic on filled constants. */
export const arithmeticRule: Rule = (operation, builder) => {
  const [type] = operation.outputs as readonly [TensorType];
  if (operation.kernel === "ZerosLike") return builder.constant(0, type);
  if (operation.kernel === "OnesLike") return builder.constant(1, type);
  return folded(operation, type, builder) ?? withoutNeutral(operation, type, builder);
};

/** float32 has one rounding, that of the result: exact for these four, also when computed in double precision. */
const FOLD: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Multiply: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
};

function folded(
  { kernel, inputs }: Operation,
  type: TensorType,
  builder: Builder,
): Value | undefined {
  const fold = FOLD[kernel];
  if (!fold || inputs.length !== 2 || type.dtype !== "float32") return undefined;
  if (inputs.some((input) => typeOf(input).dtype !== "float32")) return undefined;
  const [a, b] = inputs.map(fillOf);
  return a === undefined || b === undefined ? undefined : builder.constant(fold(a, b), type);
}

/**
 * For each kernel the number that changes nothing, on the right, and whether it may stand on the left as well.
 *
 * x + 0 is no x where x is −0; x + (−0) is.
 */
const NEUTRAL: Readonly<Record<string, { readonly number: number; readonly left: boolean }>> = {
  Add: { number: -0, left: true },
  Sub: { number: 0, left: false },
  Multiply: { number: 1, left: true },
  RealDiv: { number: 1, left: false },
};

function withoutNeutral(
  { kernel, inputs }: Operation,
  type: TensorType,
  builder: Builder,
): Value | undefined {
  const neutral = NEUTRAL[kernel];
  if (!neutral) return undefined;
  const [a, b] = inputs as readonly [Value, Value];
  const isKept = (kept: Value, other: Value): boolean =>
    Object.is(fillOf(other), neutral.number) && typeOf(kept).dtype === type.dtype;
  if (isKept(a, b)) return broadcast(a, type.shape, builder);
  if (neutral.left && isKept(b, a)) return broadcast(b, type.shape, builder);
  return undefined;
}
