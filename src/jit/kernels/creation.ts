/**
 * Kernels without inputs: their numbers are known while a step is traced.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Tensors-Creation
 * Chapter: notebooks/00-start.ipynb
 */
import { arrayOf } from "../constant.ts";
import type { Attributes } from "../graph.ts";
import { elementTypeOf, numberOf, numbersOf } from "./attributes.ts";
import type { Kernel } from "./kernel.ts";

/** start, start + step, …, before stop; TensorFlow.js counts down by itself when the step is 1. */
function range(attributes: Attributes): readonly number[] {
  const start = numberOf(attributes, "start");
  const stop = numberOf(attributes, "stop");
  const given = numberOf(attributes, "step");
  const step = stop < start && given === 1 ? -1 : given;
  const count = Math.max(0, Math.ceil((stop - start) / step));
  return Array.from({ length: count }, (_, place) => start + place * step);
}

/** `num` numbers from start to stop, both included. */
function linSpace(attributes: Attributes): readonly number[] {
  const start = numberOf(attributes, "start");
  const stop = numberOf(attributes, "stop");
  const num = numberOf(attributes, "num");
  const step = (stop - start) / Math.max(1, num - 1);
  return Array.from({ length: num }, (_, place) => start + place * step);
}

/** Fill, Range and LinSpace, whose numbers are known at once. */
export const creation: readonly Kernel[] = [
  {
    name: "Fill",
    inputs: [],
    outputs: (_, attributes) => [
      { shape: numbersOf(attributes, "shape"), dtype: elementTypeOf(attributes, "dtype") },
    ],
    values: (attributes) =>
      arrayOf(elementTypeOf(attributes, "dtype"), [numberOf(attributes, "value")]),
  },
  {
    name: "Range",
    inputs: [],
    outputs: (_, attributes) => [
      { shape: [range(attributes).length], dtype: elementTypeOf(attributes, "dtype") },
    ],
    values: (attributes) => arrayOf(elementTypeOf(attributes, "dtype"), range(attributes)),
  },
  {
    name: "LinSpace",
    inputs: [],
    outputs: (_, attributes) => [{ shape: [numberOf(attributes, "num")], dtype: "float32" }],
    values: (attributes) => arrayOf("float32", linSpace(attributes)),
  },
];
