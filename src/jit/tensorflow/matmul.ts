/**
 * Products of matrices in operations of TensorFlow.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops/BatchMatMulV2
 * Chapter: notebooks/00-start.ipynb
 */
import { flagOf, textOf } from "../kernels/attributes.ts";
import { fusedEnd } from "./activation.ts";
import { boolAttribute, intAttribute, stringAttribute } from "./attr-value.ts";
import type { Ref } from "./graph-def.ts";
import type { Call, Lowering } from "./kernel-lowering.ts";
import { operand, plain, typeOfFirst } from "./operands.ts";

/** a b, either of them transposed; TensorFlow has a quicker operation for two axes. */
function product(call: Call): Ref {
  const { graph, attributes } = call;
  const [a, b] = [operand(call, "a"), operand(call, "b")];
  const isPlain = a.type.shape.length === 2 && b.type.shape.length === 2;
  const [operation, flagA, flagB] = isPlain
    ? (["MatMul", "transpose_a", "transpose_b"] as const)
    : (["BatchMatMulV2", "adj_x", "adj_y"] as const);
  const flags = [
    boolAttribute(flagA, flagOf(attributes, "transposeA")),
    boolAttribute(flagB, flagOf(attributes, "transposeB")),
  ];
  return graph.operation(operation, [typeOfFirst(call), ...flags], [a.ref, b.ref]);
}

/** Products of matrices, plain and fused with what follows, and sums of products by an equation, lowered. */
export const matmul: Readonly<Record<string, Lowering>> = {
  BatchMatMul: (call) => [product(call)],
  _FusedMatMul: (call) => [fusedEnd(call, product(call))],
  Einsum: plain("Einsum", ({ attributes, inputs }) => [
    intAttribute("N", inputs.length),
    stringAttribute("equation", textOf(attributes, "equation")),
  ]),
};
