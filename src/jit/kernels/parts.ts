/**
 * Kernels that take a tensor apart, and that put one together.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Operations-Slicing%20and%20Joining
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { Attributes, TensorType } from "../graph.ts";
import { axisOf, numberOf, numbersOf } from "./attributes.ts";
import type { Kernel } from "./kernel.ts";
import { first, withLength } from "./input-types.ts";

/** Where a slice begins and how long it is, for every axis: [begin, size]. */
export function sliceParts(
  attributes: Attributes,
  { shape }: TensorType,
): readonly [readonly number[], readonly number[]] {
  const { begin, size } = attributes as { readonly begin: number[]; readonly size: number[] };
  const x = { shape } as unknown as tf.Tensor;
  return tf.slice_util.parseSliceParams(x, begin, size) as [number[], number[]];
}

/** How long the parts of a split are along its axis. */
export function splitLengths(attributes: Attributes, { shape }: TensorType): readonly number[] {
  const { numOrSizeSplits } = attributes as { readonly numOrSizeSplits: number | number[] };
  const axis = axisOf(attributes, "axis", shape);
  return tf.backend_util.prepareSplitSize({ shape } as unknown as tf.Tensor, numOrSizeSplits, axis);
}

/** The axis along which tensors of this shape are stacked: one more than they have, so it may be the last. */
function stackAxis(attributes: Attributes, { shape }: TensorType): number {
  const axis = numberOf(attributes, "axis");
  return axis < 0 ? axis + shape.length + 1 : axis;
}

function stridedShape(attributes: Attributes, { shape }: TensorType): readonly number[] {
  const mask = (name: string): number => numberOf(attributes, `${name}Mask`);
  return tf.slice_util.sliceInfo(
    [...shape],
    [...numbersOf(attributes, "begin")],
    [...numbersOf(attributes, "end")],
    [...numbersOf(attributes, "strides")],
    mask("begin"),
    mask("end"),
    mask("ellipsis"),
    mask("newAxis"),
    mask("shrinkAxis"),
  ).finalShape;
}

/** Slices, splits, and their reverse: stacks and concatenations. */
export const parts: readonly Kernel[] = [
  {
    name: "Slice",
    inputs: ["x"],
    outputs: (inputs, attributes) => {
      const x = first(inputs);
      return [{ shape: sliceParts(attributes, x)[1], dtype: x.dtype }];
    },
  },
  {
    name: "StridedSlice",
    inputs: ["x"],
    outputs: (inputs, attributes) => {
      const x = first(inputs);
      return [{ shape: stridedShape(attributes, x), dtype: x.dtype }];
    },
  },
  {
    name: "SplitV",
    inputs: ["x"],
    manyOutputs: true,
    outputs: (inputs, attributes) => {
      const x = first(inputs);
      const axis = axisOf(attributes, "axis", x.shape);
      return splitLengths(attributes, x).map((length) => ({
        shape: withLength(x.shape, axis, length),
        dtype: x.dtype,
      }));
    },
  },
  {
    name: "Unpack",
    inputs: ["value"],
    manyOutputs: true,
    outputs: (inputs, attributes) => {
      const { shape, dtype } = first(inputs);
      const axis = axisOf(attributes, "axis", shape);
      const part = { shape: shape.filter((_, place) => place !== axis), dtype };
      return new Array<TensorType>(shape[axis] as number).fill(part);
    },
  },
  {
    name: "Concat",
    inputs: "list",
    outputs: (inputs, attributes) => {
      const { shape, dtype } = first(inputs);
      const axis = axisOf(attributes, "axis", shape);
      const length = inputs.reduce((sum, each) => sum + (each.shape[axis] as number), 0);
      return [{ shape: withLength(shape, axis, length), dtype }];
    },
  },
  {
    name: "Pack",
    inputs: "list",
    outputs: (inputs, attributes) => {
      const x = first(inputs);
      const axis = stackAxis(attributes, x);
      const shape = [...x.shape.slice(0, axis), inputs.length, ...x.shape.slice(axis)];
      return [{ shape, dtype: x.dtype }];
    },
  },
];
