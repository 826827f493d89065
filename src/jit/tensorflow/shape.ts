/**
 * Other axes, repetitions and borders in operations of TensorFlow.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops/Transpose
 * Chapter: notebooks/00-start.ipynb
 */
import { axesOf, numberOf, numbersOf, pairsOf, textOf } from "../kernels/attributes.ts";
import { stringAttribute, typeAttribute } from "./attr-value.ts";
import type { Ref } from "./graph-def.ts";
import type { Call, Lowering } from "./kernel-lowering.ts";
import { firstOf, outputOf, pairs, plain, reshape, typeOfFirst } from "./operands.ts";

/** An operation of x and of whole numbers, whose type is the attribute `index`. */
function told(
  operation: string,
  index: string,
  numbers: (call: Call) => readonly number[],
): Lowering {
  return (call) => {
    const types = [typeOfFirst(call), typeAttribute(index, "int32")];
    const inputs = [firstOf(call).ref, call.graph.ints(numbers(call))];
    return [call.graph.operation(operation, types, inputs)];
  };
}

const asOutput: Lowering = (call) => [reshape(call.graph, firstOf(call), outputOf(call).shape)];

function paddings({ graph, attributes }: Call): Ref {
  return pairs(graph, pairsOf(attributes, "paddings"));
}

/** Reshape, transpose, repeat, pad, reverse, lowered. */
export const shape: Readonly<Record<string, Lowering>> = {
  BroadcastArgs: plain("BroadcastArgs"),
  BroadcastTo: told("BroadcastTo", "Tidx", (call) => outputOf(call).shape),
  Diag: plain("Diag"),
  ExpandDims: asOutput,
  MirrorPad: (call) => {
    const mode = stringAttribute("mode", textOf(call.attributes, "mode").toUpperCase());
    const told = [typeOfFirst(call), typeAttribute("Tpaddings", "int32"), mode];
    return [call.graph.operation("MirrorPad", told, [firstOf(call).ref, paddings(call)])];
  },
  PadV2: (call) => {
    const { ref, type } = firstOf(call);
    const told = [typeOfFirst(call), typeAttribute("Tpaddings", "int32")];
    const value = call.graph.scalar(numberOf(call.attributes, "constantValue"), type.dtype);
    return [call.graph.operation("PadV2", told, [ref, paddings(call), value])];
  },
  Reshape: asOutput,
  Reverse: told("ReverseV2", "Tidx", (call) =>
    axesOf(call.attributes, "dims", firstOf(call).type.shape),
  ),
  Tile: told("Tile", "Tmultiples", ({ attributes }) => numbersOf(attributes, "reps")),
  Transpose: told("Transpose", "Tperm", ({ attributes }) => numbersOf(attributes, "perm")),
};
