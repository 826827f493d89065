/**
 * Reads and writes at places given by numbers, in operations of TensorFlow.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops/GatherV2
 * Chapter: notebooks/00-start.ipynb
 */
import { axisOf, numberOf, numbersOf } from "../kernels/attributes.ts";
import { boolAttribute, intAttribute, typeAttribute } from "./attr-value.ts";
import type { Lowering } from "./kernel-lowering.ts";
import { firstOf, operand, outputOf, refsOf } from "./operands.ts";

const places = typeAttribute("Tindices", "int32");

/** Gather, scatter, sums by segment, one-hot vectors and counts, lowered. */
export const gather: Readonly<Record<string, Lowering>> = {
  Bincount: (call) => {
    const { graph, attributes } = call;
    const [x, weights] = [operand(call, "x"), operand(call, "weights")];
    const size = graph.scalar(numberOf(attributes, "size"), "int32");
    const types = [typeAttribute("T", weights.type.dtype)];
    return [graph.operation("Bincount", types, [x.ref, size, weights.ref])];
  },
  GatherNd: (call) => {
    const types = [typeAttribute("Tparams", firstOf(call).type.dtype), places];
    return [call.graph.operation("GatherNd", types, refsOf(call))];
  },
  GatherV2: (call) => {
    const { graph, attributes } = call;
    const { dtype, shape } = firstOf(call).type;
    const told = [
      intAttribute("batch_dims", numberOf(attributes, "batchDims")),
      typeAttribute("Tparams", dtype),
      places,
      typeAttribute("Taxis", "int32"),
    ];
    const axis = graph.scalar(axisOf(attributes, "axis", shape), "int32");
    return [graph.operation("GatherV2", told, [...refsOf(call), axis])];
  },
  OneHot: (call) => {
    const { graph, attributes } = call;
    const { dtype } = outputOf(call);
    const told = [
      intAttribute("axis", -1),
      typeAttribute("T", dtype),
      typeAttribute("TI", firstOf(call).type.dtype),
    ];
    const depth = graph.scalar(numberOf(attributes, "depth"), "int32");
    const values = ["onValue", "offValue"].map((name) =>
      graph.scalar(numberOf(attributes, name), dtype),
    );
    return [graph.operation("OneHot", told, [...refsOf(call), depth, ...values])];
  },
  ScatterNd: (call) => {
    const { graph, attributes } = call;
    const types = [typeAttribute("T", operand(call, "updates").type.dtype), places];
    const shape = graph.ints(numbersOf(attributes, "shape"));
    return [graph.operation("ScatterNd", types, [...refsOf(call), shape])];
  },
  SparseToDense: (call) => {
    const { graph, attributes } = call;
    const [indices, values, fallback] = ["sparseIndices", "sparseValues", "defaultValue"].map(
      (name) => operand(call, name).ref,
    ) as [string, string, string];
    const told = [
      boolAttribute("validate_indices", true),
      typeAttribute("T", operand(call, "sparseValues").type.dtype),
      places,
    ];
    const shape = graph.ints(numbersOf(attributes, "outputShape"));
    return [graph.operation("SparseToDense", told, [indices, shape, values, fallback])];
  },
  TensorScatterUpdate: (call) => {
    const types = [typeAttribute("T", firstOf(call).type.dtype), places];
    return [call.graph.operation("TensorScatterUpdate", types, refsOf(call))];
  },
  UnsortedSegmentSum: (call) => {
    const { graph, attributes } = call;
    const types = [
      typeAttribute("T", firstOf(call).type.dtype),
      places,
      typeAttribute("Tnumsegments", "int32"),
    ];
    const count = graph.scalar(numberOf(attributes, "numSegments"), "int32");
    return [graph.operation("UnsortedSegmentSum", types, [...refsOf(call), count])];
  },
};
