/**
 * Kernels that move elements without computing: other axes, repetitions, borders.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Tensors-Transformations
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { sizeOf, type Attributes } from "../graph.ts";
import { numberOf, numbersOf, pairsOf } from "./attributes.ts";
import type { Kernel } from "./kernel.ts";
import { first, likeFirst, second } from "./input-types.ts";

type ShapeOf = (shape: readonly number[], attributes: Attributes) => readonly number[];

/** A kernel of one input that keeps its type. */
function moving(name: string, shapeOf: ShapeOf, input = "x"): Kernel {
  return {
    name,
    inputs: [input],
    outputs: (inputs, attributes) => {
      const { shape, dtype } = first(inputs);
      return [{ shape: shapeOf(shape, attributes), dtype }];
    },
  };
}

/** Longer by what is added before and after each axis. */
const padded: ShapeOf = (shape, attributes) =>
  pairsOf(attributes, "paddings").map(
    ([before, after], axis) => before + (shape[axis] as number) + after,
  );

/** Reshape, transpose, repeat, pad, reverse. */
export const shape: readonly Kernel[] = [
  // One length may be −1: what the others leave.
  moving("Reshape", (from, attributes) =>
    tf.util.inferFromImplicitShape([...numbersOf(attributes, "shape")], sizeOf(from)),
  ),
  moving(
    "ExpandDims",
    (from, attributes) => {
      const dim = numberOf(attributes, "dim");
      const place = dim < 0 ? from.length + 1 + dim : dim;
      return [...from.slice(0, place), 1, ...from.slice(place)];
    },
    "input",
  ),
  moving("Transpose", (from, attributes) =>
    numbersOf(attributes, "perm").map((axis) => from[axis] as number),
  ),
  // Made by simplification; TensorFlow.js has an operation of that name but no kernel.
  moving("BroadcastTo", (_, attributes) => numbersOf(attributes, "shape")),
  moving("Tile", (from, attributes) =>
    numbersOf(attributes, "reps").map((times, axis) => times * (from[axis] as number)),
  ),
  moving("PadV2", padded),
  moving("MirrorPad", padded),
  { name: "Reverse", inputs: ["x"], outputs: likeFirst },
  // (…) to (…, …): the elements on the diagonal, zeros beside it.
  moving("Diag", (from) => [...from, ...from]),
  // The shape, as a tensor, that two shapes given as tensors broadcast to.
  {
    name: "BroadcastArgs",
    inputs: ["s0", "s1"],
    outputs: (inputs) => {
      const length = Math.max(sizeOf(first(inputs).shape), sizeOf(second(inputs).shape));
      return [{ shape: [length], dtype: "int32" }];
    },
  },
];
