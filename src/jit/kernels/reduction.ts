/**
 * Kernels that make one number of many along some axes, and running sums.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Operations-Reduction
 * Chapter: notebooks/00-start.ipynb
 */
import type { Attributes, ElementType, TensorType } from "../graph.ts";
import { axesOf, axisOf, flagOf, numberOf } from "./attributes.ts";
import type { Kernel } from "./kernel.ts";
import { first, likeFirst, reducedShape } from "./input-types.ts";

/** The axes that a reduction removes: all kernels call them `axis`, but for Max. */
export function reducedAxes(attributes: Attributes, { shape }: TensorType): readonly number[] {
  const name = "reductionIndices" in attributes ? "reductionIndices" : "axis";
  return axesOf(attributes, name, shape);
}

function reducing(name: string, dtype?: ElementType): Kernel {
  return {
    name,
    inputs: ["x"],
    outputs: (inputs, attributes) => {
      const x = first(inputs);
      const axes = reducedAxes(attributes, x);
      const shape = reducedShape(x.shape, axes, flagOf(attributes, "keepDims"));
      return [{ shape, dtype: dtype ?? x.dtype }];
    },
  };
}

/** The place of the largest or smallest element along one axis; the first of equals. */
function placing(name: string): Kernel {
  return {
    name,
    inputs: ["x"],
    outputs: (inputs, attributes) => {
      const { shape } = first(inputs);
      const axes = [axisOf(attributes, "axis", shape)];
      return [{ shape: reducedShape(shape, axes, false), dtype: "int32" }];
    },
  };
}

/** Sums, means, extremes and their places, running sums, and the largest k. */
export const reduction: readonly Kernel[] = [
  ...["Max", "Min", "Prod", "Sum"].map((name) => reducing(name)),
  reducing("Mean", "float32"),
  ...["All", "Any"].map((name) => reducing(name, "bool")),
  ...["ArgMax", "ArgMin"].map(placing),
  ...["Cumprod", "Cumsum"].map((name): Kernel => ({ name, inputs: ["x"], outputs: likeFirst })),
  // The k largest along the last axis, and their places.
  {
    name: "TopK",
    inputs: ["x"],
    outputs: (inputs, attributes) => {
      const { shape, dtype } = first(inputs);
      const largest = [...shape.slice(0, -1), numberOf(attributes, "k")];
      return [
        { shape: largest, dtype },
        { shape: largest, dtype: "int32" },
      ];
    },
  },
];
