/**
 * Kernels that read and write at places given by numbers: rows of an embedding, classes, counts.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Tensors-Slicing%20and%20Joining
 * Chapter: notebooks/00-start.ipynb
 */
import type { Attributes, TensorType } from "../graph.ts";
import { axisOf, elementTypeOf, numberOf, numbersOf } from "./attributes.ts";
import type { Kernel } from "./kernel.ts";
import { first, likeFirst, second, type Inputs } from "./input-types.ts";

/** The axis of x is replaced by the axes of the indices; the first `batchDims` axes belong to both. */
function gathered(inputs: Inputs, attributes: Attributes): readonly TensorType[] {
  const { shape: x, dtype } = first(inputs);
  const { shape: indices } = second(inputs);
  const axis = axisOf(attributes, "axis", x);
  const batchDims = numberOf(attributes, "batchDims");
  const shape = [...x.slice(0, axis), ...indices.slice(batchDims), ...x.slice(axis + 1)];
  return [{ shape, dtype }];
}

/** The last axis of the indices is a place among the leading axes of the parameters. */
function gatheredAtPlaces(inputs: Inputs): readonly TensorType[] {
  const { shape: params, dtype } = first(inputs);
  const { shape: indices } = second(inputs);
  const depth = indices.at(-1) as number;
  return [{ shape: [...indices.slice(0, -1), ...params.slice(depth)], dtype }];
}

/** Gather, scatter, sums by segment, one-hot vectors and counts. */
export const gather: readonly Kernel[] = [
  { name: "GatherV2", inputs: ["x", "indices"], outputs: gathered },
  { name: "GatherNd", inputs: ["params", "indices"], outputs: gatheredAtPlaces },
  // Zeros, to which updates are added at places.
  {
    name: "ScatterNd",
    inputs: ["indices", "updates"],
    outputs: (inputs, attributes) => [
      { shape: numbersOf(attributes, "shape"), dtype: second(inputs).dtype },
    ],
  },
  { name: "TensorScatterUpdate", inputs: ["tensor", "indices", "updates"], outputs: likeFirst },
  {
    name: "SparseToDense",
    inputs: ["sparseIndices", "sparseValues", "defaultValue"],
    outputs: (inputs, attributes) => [
      { shape: numbersOf(attributes, "outputShape"), dtype: second(inputs).dtype },
    ],
  },
  // Row s of the output is the sum of the rows of x whose segment is s.
  {
    name: "UnsortedSegmentSum",
    inputs: ["x", "segmentIds"],
    outputs: (inputs, attributes) => {
      const { shape, dtype } = first(inputs);
      const row = shape.slice(second(inputs).shape.length);
      return [{ shape: [numberOf(attributes, "numSegments"), ...row], dtype }];
    },
  },
  {
    name: "OneHot",
    inputs: ["indices"],
    outputs: (inputs, attributes) => [
      {
        shape: [...first(inputs).shape, numberOf(attributes, "depth")],
        dtype: elementTypeOf(attributes, "dtype"),
      },
    ],
  },
  // How often each number occurs, or the sum of the weights at its places.
  {
    name: "Bincount",
    inputs: ["x", "weights"],
    outputs: (inputs, attributes) => [
      { shape: [numberOf(attributes, "size")], dtype: second(inputs).dtype },
    ],
  },
];
