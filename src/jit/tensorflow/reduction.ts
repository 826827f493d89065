/**
 * Reductions, running sums and the largest elements in operations of TensorFlow.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops/Sum
 * Chapter: notebooks/00-start.ipynb
 */
import { axisOf, flagOf, numberOf } from "../kernels/attributes.ts";
import { reducedAxes } from "../kernels/reduction.ts";
import { boolAttribute, typeAttribute } from "./attr-value.ts";
import type { Call, Lowering, Operand } from "./kernel-lowering.ts";
import { cast, firstOf, typeOfFirst } from "./operands.ts";

/** A reduction of `x` along the kernel's axes; truths have no T. */
function reduce(call: Call, operation: string, { ref, type }: Operand): readonly string[] {
  const { graph, attributes } = call;
  const flags = [
    typeAttribute("Tidx", "int32"),
    boolAttribute("keep_dims", flagOf(attributes, "keepDims")),
  ];
  const own = type.dtype === "bool" ? [] : [typeAttribute("T", type.dtype)];
  const axes = graph.ints(reducedAxes(attributes, type));
  return [graph.operation(operation, [...own, ...flags], [ref, axes])];
}

function placing(operation: string): Lowering {
  return (call) => {
    const { graph, attributes } = call;
    const x = firstOf(call);
    const axis = graph.scalar(axisOf(attributes, "axis", x.type.shape), "int32");
    const dtype = x.type.dtype === "bool" ? "int32" : x.type.dtype;
    const types = [
      typeAttribute("T", dtype),
      typeAttribute("Tidx", "int32"),
      typeAttribute("output_type", "int32"),
    ];
    return [graph.operation(operation, types, [cast(graph, x, dtype), axis])];
  };
}

function running(operation: string): Lowering {
  return (call) => {
    const { graph, attributes } = call;
    const x = firstOf(call);
    const axis = graph.scalar(axisOf(attributes, "axis", x.type.shape), "int32");
    const flags = ["exclusive", "reverse"].map((name) =>
      boolAttribute(name, flagOf(attributes, name)),
    );
    const types = [typeOfFirst(call), typeAttribute("Tidx", "int32")];
    return [graph.operation(operation, [...types, ...flags], [x.ref, axis])];
  };
}

const plainly = ["All", "Any", "Max", "Min", "Prod", "Sum"].map((name): [string, Lowering] => [
  name,
  (call) => reduce(call, name, firstOf(call)),
]);

/** Sums, means, extremes and their places, running sums, and the largest k, lowered. */
export const reduction: Readonly<Record<string, Lowering>> = {
  ...Object.fromEntries(plainly),
  ArgMax: placing("ArgMax"),
  ArgMin: placing("ArgMin"),
  Cumprod: running("Cumprod"),
  Cumsum: running("Cumsum"),
  // The mean of whole numbers is real.
  Mean: (call) => {
    const x = firstOf(call);
    const ref = cast(call.graph, x, "float32");
    return reduce(call, "Mean", { ref, type: { shape: x.type.shape, dtype: "float32" } });
  },
  TopK: (call) => {
    const { graph, attributes } = call;
    const k = graph.scalar(numberOf(attributes, "k"), "int32");
    const flags = [boolAttribute("sorted", flagOf(attributes, "sorted")), typeOfFirst(call)];
    return graph.operations("TopKV2", flags, { inputs: [firstOf(call).ref, k], outputs: 2 });
  },
};
