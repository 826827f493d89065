/**
 * Operations that only look at their input in another way, and those that do nothing at all.
 *
 * Source:  https://www.tensorflow.org/guide/graph_optimization, on arithmetic and layout rewrites
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { sameShape, typeOf, type Operation, type TensorType, type Value } from "../graph.ts";
import { broadcast, fillOf, madeBy, reshape, type Builder, type Rule } from "./rule.ts";

/** A simpler value for a reshape, a transposition, a cast, a repetition or a sum over nothing. */
export const viewRule: Rule = (operation, builder) => {
  const input = operation.inputs[0];
  if (!input || operation.outputs.length !== 1) return undefined;
  const [type] = operation.outputs as readonly [TensorType];
  switch (operation.kernel) {
    case "ExpandDims":
      return reshape(input, type.shape, builder);
    case "Reshape":
      return reshaped(input, type, builder);
    case "Transpose":
      return transposed(operation, input, builder);
    case "BroadcastTo":
    case "Cast":
      return sameType(typeOf(input), type) ? input : undefined;
    case "Tile":
      return tiled(input, type, builder);
    case "Concat":
    case "AddN":
      return operation.inputs.length === 1 ? input : undefined;
    case "Sum":
    case "Mean":
    case "Max":
      return reducesNothing(operation, input) ? input : undefined;
    default:
      return undefined;
  }
};

function reshaped(input: Value, type: TensorType, builder: Builder): Value | undefined {
  const fill = fillOf(input);
  if (fill !== undefined) return builder.constant(fill, type);
  const inner = madeBy("Reshape", input)?.inputs[0] ?? input;
  if (sameShape(typeOf(inner).shape, type.shape)) return inner;
  return inner === input ? undefined : reshape(inner, type.shape, builder);
}

function transposed(operation: Operation, input: Value, builder: Builder): Value | undefined {
  const permutation = operation.attributes.perm as readonly number[];
  if (permutation.every((from, axis) => from === axis)) return input;
  const inner = madeBy("Transpose", input);
  if (!inner) return undefined;
  const first = inner.attributes.perm as readonly number[];
  const perm = permutation.map((axis) => first[axis] as number);
  return builder.operation({ ...operation, inputs: inner.inputs, attributes: { perm } });
}

/** A repetition along axes of length 1 is a broadcast. */
function tiled(input: Value, type: TensorType, builder: Builder): Value | undefined {
  const { shape } = typeOf(input);
  const isBroadcast = shape.every((length, axis) => length === 1 || length === type.shape[axis]);
  return isBroadcast && shape.length === type.shape.length
    ? broadcast(input, type.shape, builder)
    : undefined;
}

function reducesNothing({ attributes, outputs }: Operation, input: Value): boolean {
  const type = typeOf(input);
  const axes = attributes.axis ?? attributes.reductionIndices;
  const isNone = tf.util.parseAxisParam(axes as number[], [...type.shape]).length === 0;
  return isNone && sameType(type, outputs[0] as TensorType);
}

function sameType(a: TensorType, b: TensorType): boolean {
  return a.dtype === b.dtype && sameShape(a.shape, b.shape);
}
