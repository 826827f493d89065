/**
 * Elementwise kernels in operations of TensorFlow; most have one of the same meaning.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops
 * Chapter: notebooks/00-start.ipynb
 */
import type { Attributes } from "../graph.ts";
import { numberOf } from "../kernels/attributes.ts";
import { floatAttribute, intAttribute } from "./attr-value.ts";
import type { Call, Lowering } from "./kernel-lowering.ts";
import { cast, firstOf, operand, outputOf, plain, typed } from "./operands.ts";

/** Kernels whose operation has the same name. */
const sameName = [
  ...["Abs", "Ceil", "Floor", "Neg", "OnesLike", "Round", "Sign", "ZerosLike"],
  ...["Expm1", "Log", "Log1p", "Pow", "Reciprocal", "Rsqrt", "Sqrt", "Square"],
  ...["Acos", "Asin", "Atan", "Atan2", "Cos", "Sin", "Tan"],
  ...["Acosh", "Asinh", "Atanh", "Cosh", "Sinh", "Tanh"],
  ...["Elu", "EluGrad", "Erf", "Relu", "Relu6", "Selu", "Sigmoid", "Softplus"],
  ...["FloorDiv", "Maximum", "Minimum", "RealDiv", "SquaredDifference", "Sub"],
];

/** max(min(x, max), min), in the order in which the eager kernel clips. */
const clip: Lowering = (call) => {
  const { graph, attributes } = call;
  const { ref, type } = firstOf(call);
  const limit = (name: string): string => graph.scalar(numberOf(attributes, name), type.dtype);
  const { dtype } = type;
  const below = typed(graph, "Minimum", { dtype, inputs: [ref, limit("clipValueMax")] });
  return [typed(graph, "Maximum", { dtype, inputs: [below, limit("clipValueMin")] })];
};

/** 1 where x > 0, else alpha; x itself where it is NaN. */
const step: Lowering = (call) => {
  const { graph, attributes } = call;
  const { ref: x, type } = firstOf(call);
  const { dtype } = type;
  const isPositive = typed(graph, "Greater", { dtype, inputs: [x, graph.scalar(0, dtype)] });
  const choices = [graph.scalar(1, dtype), graph.scalar(numberOf(attributes, "alpha"), dtype)];
  const steps = typed(graph, "SelectV2", { dtype, inputs: [isPositive, ...choices] });
  const isNaN = typed(graph, "IsNan", { dtype, inputs: [x] });
  return [typed(graph, "SelectV2", { dtype, inputs: [isNaN, x, steps] })];
};

/** relu(x) + alpha · (x − |x|) · ½, rounded as the eager kernel rounds. */
export function prelu(call: Pick<Call, "graph">, x: string, alpha: string): string {
  const { graph } = call;
  const float = (operation: string, ...inputs: readonly string[]): string =>
    typed(graph, operation, { dtype: "float32", inputs });
  const negative = float("Mul", alpha, float("Sub", x, float("Abs", x)));
  return float("AddV2", float("Relu", x), float("Mul", negative, graph.scalar(0.5)));
}

/** The attribute of LeakyRelu. */
export function slope(attributes: Attributes, name: string): ReturnType<typeof floatAttribute> {
  return floatAttribute("alpha", numberOf(attributes, name));
}

/** Arithmetic, functions of one number, casts, and sums of several tensors, lowered. */
export const pointwise: Readonly<Record<string, Lowering>> = {
  ...Object.fromEntries(sameName.map((name) => [name, plain(name)])),
  Add: plain("AddV2"),
  AddN: plain("AddN", ({ inputs }) => [intAttribute("N", inputs.length)]),
  Cast: (call) => [cast(call.graph, firstOf(call), outputOf(call).dtype)],
  ClipByValue: clip,
  Exp: (call) => {
    const x = cast(call.graph, firstOf(call), "float32");
    return [typed(call.graph, "Exp", { dtype: "float32", inputs: [x] })];
  },
  LeakyRelu: plain("LeakyRelu", ({ attributes }) => [slope(attributes, "alpha")]),
  Mod: plain("FloorMod"),
  Multiply: plain("Mul"),
  Prelu: (call) => {
    const [x, alpha] = [operand(call, "x"), operand(call, "alpha")];
    return [prelu(call, cast(call.graph, x, "float32"), cast(call.graph, alpha, "float32"))];
  },
  Step: step,
};
