/**
 * Softmax, batch normalization and local responses in operations of TensorFlow.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops/FusedBatchNorm
 * Chapter: notebooks/00-start.ipynb
 */
import { numberOf } from "../kernels/attributes.ts";
import {
  boolAttribute,
  floatAttribute,
  intAttribute,
  stringAttribute,
  type Attribute,
} from "./attr-value.ts";
import type { Call, Lowering } from "./kernel-lowering.ts";
import { firstOf, operand, plain, refsOf, typed, typeOfFirst } from "./operands.ts";

/** (x − mean) · (1 / √(variance + ε)) · scale + offset, all of four axes. */
function composed(call: Call): readonly string[] {
  const { graph, attributes, input } = call;
  const float = (operation: string, ...inputs: readonly string[]): string =>
    typed(graph, operation, { dtype: "float32", inputs });
  const epsilon = graph.scalar(numberOf(attributes, "varianceEpsilon"));
  const [scale, offset] = [input("scale"), input("offset")];
  const root = float("Rsqrt", float("AddV2", operand(call, "variance").ref, epsilon));
  const factor = scale ? float("Mul", root, scale.ref) : root;
  const centred = float("Sub", operand(call, "x").ref, operand(call, "mean").ref);
  const normalized = float("Mul", centred, factor);
  return [offset ? float("AddV2", normalized, offset.ref) : normalized];
}

/** As the eager kernel: one fused operation when the statistics have one axis, that of the channels. */
const batchNorm: Lowering = (call) => {
  const { graph, attributes, input } = call;
  const [x, mean] = [operand(call, "x"), operand(call, "mean")];
  if (mean.type.shape.length > 1) return composed(call);
  const filled = (value: number): string => graph.constant([value], mean.type);
  const inputs = [
    x.ref,
    input("scale")?.ref ?? filled(1),
    input("offset")?.ref ?? filled(0),
    mean.ref,
    operand(call, "variance").ref,
  ];
  const told = [
    typeOfFirst(call),
    floatAttribute("epsilon", numberOf(attributes, "varianceEpsilon")),
    stringAttribute("data_format", "NHWC"),
    boolAttribute("is_training", false),
  ];
  return graph.operations("FusedBatchNorm", told, { inputs, outputs: 5 }).slice(0, 1);
};

function responses({ attributes }: Pick<Call, "attributes">): readonly Attribute[] {
  return [
    intAttribute("depth_radius", numberOf(attributes, "depthRadius")),
    ...["bias", "alpha", "beta"].map((name) => floatAttribute(name, numberOf(attributes, name))),
  ];
}

/** Softmax, batch normalization by given statistics, and local responses, lowered. */
export const normalization: Readonly<Record<string, Lowering>> = {
  FusedBatchNorm: batchNorm,
  LRN: plain("LRN", responses),
  LRNGrad: (call) => {
    const inputs = ["dy", "x", "y"].map((name) => operand(call, name).ref);
    return [call.graph.operation("LRNGrad", [typeOfFirst(call), ...responses(call)], inputs)];
  },
  Softmax: (call) => [
    typed(call.graph, "Softmax", { dtype: firstOf(call).type.dtype, inputs: refsOf(call) }),
  ],
};
