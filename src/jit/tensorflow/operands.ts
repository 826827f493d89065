/**
 * Inputs of a call, and the operations of TensorFlow that differ from a kernel in name alone.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops
 * Chapter: notebooks/00-start.ipynb
 */
import type { ElementType, TensorType } from "../graph.ts";
import { typeAttribute, type Attribute } from "./attr-value.ts";
import type { GraphDef, Ref } from "./graph-def.ts";
import type { Call, Lowering, Operand } from "./kernel-lowering.ts";

/** The first input. */
export function firstOf({ inputs }: Call): Operand {
  return inputs[0] as Operand;
}

/** The type of the first output: of all, when there is one. */
export function outputOf({ outputs }: Call): TensorType {
  return outputs[0] as TensorType;
}

/** The inputs as they are referred to. */
export function refsOf({ inputs }: Call): readonly Ref[] {
  return inputs.map(({ ref }) => ref);
}

/** The input of that name, which is always there. */
export function operand({ input }: Call, name: string): Operand {
  return input(name) as Operand;
}

/** The type of the first input as the attribute T, which nearly every operation has. */
export function typeOfFirst(call: Call): Attribute {
  return typeAttribute("T", firstOf(call).type.dtype);
}

/** An operation of all inputs, in order, with T and the attributes that it is told. */
export function plain(
  operation: string,
  attributes: (call: Call) => readonly Attribute[] = () => [],
): Lowering {
  return (call) => [
    call.graph.operation(operation, [typeOfFirst(call), ...attributes(call)], refsOf(call)),
  ];
}

/** An operation of inputs of one type, whose only attribute is that type. */
export function typed(
  graph: GraphDef,
  operation: string,
  { dtype, inputs }: { readonly dtype: ElementType; readonly inputs: readonly Ref[] },
): Ref {
  return graph.operation(operation, [typeAttribute("T", dtype)], inputs);
}

/** The same numbers in another type. */
export function cast(graph: GraphDef, { ref, type }: Operand, dtype: ElementType): Ref {
  if (type.dtype === dtype) return ref;
  const attributes = [typeAttribute("SrcT", type.dtype), typeAttribute("DstT", dtype)];
  return graph.operation("Cast", attributes, [ref]);
}

/** The same numbers in another shape. */
export function reshape(graph: GraphDef, { ref, type }: Operand, shape: readonly number[]): Ref {
  const attributes = [typeAttribute("T", type.dtype), typeAttribute("Tshape", "int32")];
  return graph.operation("Reshape", attributes, [ref, graph.ints(shape)]);
}

/** Whole numbers in rows of two: paddings, crops. */
export function pairs(graph: GraphDef, rows: readonly (readonly [number, number])[]): Ref {
  return graph.constant(rows.flat(), { shape: [rows.length, 2], dtype: "int32" });
}
