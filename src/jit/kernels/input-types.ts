/**
 * Shapes and types that several families of kernels share.
 *
 * Source:  https://numpy.org/doc/stable/user/basics.broadcasting.html
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { ElementType, TensorType } from "../graph.ts";
import type { Kernel } from "./kernel.ts";

/** The types of a kernel's inputs, those that are always there. */
export type Inputs = readonly TensorType[];

/** The type of the first input: of all that a kernel of one input has. */
export function first(inputs: Inputs): TensorType {
  return inputs[0] as TensorType;
}

/** The type of the second input. */
export function second(inputs: Inputs): TensorType {
  return inputs[1] as TensorType;
}

/** The type of the third input. */
export function third(inputs: Inputs): TensorType {
  return inputs[2] as TensorType;
}

/** Outputs of a kernel whose one output is like its first input. */
export const likeFirst: Kernel["outputs"] = (inputs) => [first(inputs)];

/** The shape that two shapes broadcast to; throws what TensorFlow.js throws when they do not. */
export function broadcastShape(a: readonly number[], b: readonly number[]): readonly number[] {
  return tf.backend_util.assertAndGetBroadcastShape([...a], [...b]);
}

/** The type of an elementwise combination of two tensors: the wider of both, booleans as numbers only beside numbers. */
export function broadcastType(a: TensorType, b: TensorType): TensorType {
  const dtype = tf.backend_util.upcastType(a.dtype, b.dtype) as ElementType;
  return { shape: broadcastShape(a.shape, b.shape), dtype };
}

/** The same shape with another length along one axis. */
export function withLength(
  shape: readonly number[],
  axis: number,
  length: number,
): readonly number[] {
  return shape.map((each, place) => (place === axis ? length : each));
}

/** The shape without some axes, or with length 1 along them. */
export function reducedShape(
  shape: readonly number[],
  axes: readonly number[],
  keepDims: boolean,
): readonly number[] {
  return keepDims
    ? shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
    : shape.filter((_, axis) => !axes.includes(axis));
}
