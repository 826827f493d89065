/**
 * Slices, splits and their reverse in operations of TensorFlow.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops/StridedSlice
 * Chapter: notebooks/00-start.ipynb
 */
import { axisOf, numberOf, numbersOf } from "../kernels/attributes.ts";
import { sliceParts, splitLengths } from "../kernels/parts.ts";
import { intAttribute, typeAttribute } from "./attr-value.ts";
import type { Lowering } from "./kernel-lowering.ts";
import { firstOf, plain, refsOf, typeOfFirst } from "./operands.ts";

/** The masks of a strided slice: TensorFlow's names and TensorFlow.js's. */
const masks = [
  ["begin_mask", "beginMask"],
  ["end_mask", "endMask"],
  ["ellipsis_mask", "ellipsisMask"],
  ["new_axis_mask", "newAxisMask"],
  ["shrink_axis_mask", "shrinkAxisMask"],
] as const;

/** Slices, splits, and their reverse: stacks and concatenations, lowered. */
export const parts: Readonly<Record<string, Lowering>> = {
  Concat: (call) => {
    const { graph, inputs, attributes } = call;
    const axis = graph.scalar(axisOf(attributes, "axis", firstOf(call).type.shape), "int32");
    const told = [
      intAttribute("N", inputs.length),
      typeOfFirst(call),
      typeAttribute("Tidx", "int32"),
    ];
    return [graph.operation("ConcatV2", told, [...refsOf(call), axis])];
  },
  Pack: plain("Pack", ({ inputs, attributes }) => [
    intAttribute("N", inputs.length),
    intAttribute("axis", numberOf(attributes, "axis")),
  ]),
  Slice: (call) => {
    const { graph, attributes } = call;
    const { ref, type } = firstOf(call);
    const numbers = sliceParts(attributes, type).map((each) => graph.ints(each));
    const types = [typeOfFirst(call), typeAttribute("Index", "int32")];
    return [graph.operation("Slice", types, [ref, ...numbers])];
  },
  SplitV: (call) => {
    const { graph, attributes } = call;
    const { ref, type } = firstOf(call);
    const lengths = splitLengths(attributes, type);
    const axis = graph.scalar(axisOf(attributes, "axis", type.shape), "int32");
    const told = [
      intAttribute("num_split", lengths.length),
      typeOfFirst(call),
      typeAttribute("Tlen", "int32"),
    ];
    const inputs = [ref, graph.ints(lengths), axis];
    return graph.operations("SplitV", told, { inputs, outputs: lengths.length });
  },
  StridedSlice: (call) => {
    const { graph, attributes } = call;
    const told = [
      typeOfFirst(call),
      typeAttribute("Index", "int32"),
      ...masks.map(([name, ours]) => intAttribute(name, numberOf(attributes, ours))),
    ];
    const numbers = ["begin", "end", "strides"].map((name) =>
      graph.ints(numbersOf(attributes, name)),
    );
    return [graph.operation("StridedSlice", told, [firstOf(call).ref, ...numbers])];
  },
  Unpack: (call) => {
    const { graph, attributes, outputs } = call;
    const told = [
      intAttribute("num", outputs.length),
      typeOfFirst(call),
      intAttribute("axis", numberOf(attributes, "axis")),
    ];
    return graph.operations("Unpack", told, { inputs: refsOf(call), outputs: outputs.length });
  },
};
