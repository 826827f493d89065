import * as tf from "@tensorflow/tfjs";

import { Random } from "../../../src/core/random.ts";
import { sizeOf, type ElementType, type TensorType } from "../../../src/jit/graph.ts";

/** A tensor to be made, the same at each call. */
export interface Input<T extends tf.Tensor = tf.Tensor> {
  readonly type: TensorType;
  readonly make: () => T;
}

/** Some operations on some tensors; both engines' results and gradients are compared. */
export interface KernelCase {
  readonly name: string;
  readonly inputs: readonly Input[];
  readonly step: (tensors: readonly tf.Tensor[]) => readonly tf.Tensor[];
  /** What TensorFlow.js says where it has no gradient itself, or a broken one. */
  readonly gradientError: string | undefined;
}

type TensorsOf<Inputs extends readonly Input[]> = {
  [Place in keyof Inputs]: ReturnType<Inputs[Place]["make"]>;
};

/** A case; `gradientError` where TensorFlow.js has no gradient. */
export function kernelCase<const Inputs extends readonly Input[]>(
  name: string,
  {
    inputs,
    step,
    gradientError,
  }: {
    readonly inputs: Inputs;
    readonly step: (...tensors: TensorsOf<Inputs>) => tf.Tensor | readonly tf.Tensor[];
    readonly gradientError?: string | undefined;
  },
): KernelCase {
  const call = step as unknown as (
    ...tensors: readonly tf.Tensor[]
  ) => tf.Tensor | readonly tf.Tensor[];
  return { name, inputs, step: (tensors) => [call(...tensors)].flat(), gradientError };
}

interface ByRank {
  0: tf.Scalar;
  1: tf.Tensor1D;
  2: tf.Tensor2D;
  3: tf.Tensor3D;
  4: tf.Tensor4D;
  5: tf.Tensor5D;
}

type InputOf<Shape extends readonly number[]> = Input<
  Shape["length"] extends keyof ByRank ? ByRank[Shape["length"]] : tf.Tensor
>;

/** These numbers in that shape. */
export function given<const Shape extends readonly number[]>(
  values: readonly number[],
  shape: Shape,
  dtype: ElementType = "float32",
): InputOf<Shape> {
  const make = (): tf.Tensor => tf.tensor([...values], [...shape], dtype);
  return { type: { shape, dtype }, make } as unknown as InputOf<Shape>;
}

const random = new Random(1);

/** Drawn evenly from `from` to `to`. */
export function floats<const Shape extends readonly number[]>(
  shape: Shape,
  { from = -2, to = 2 }: { readonly from?: number; readonly to?: number } = {},
): InputOf<Shape> {
  const draw = (): number => from + (to - from) * random.uniform();
  return given(Array.from({ length: sizeOf(shape) }, draw), shape);
}

/** Whole numbers from `from` up to but not `below`. */
export function ints<const Shape extends readonly number[]>(
  shape: Shape,
  { from = 0, below }: { readonly from?: number; readonly below: number },
): InputOf<Shape> {
  const draw = (): number => from + random.integer(below - from);
  return given(Array.from({ length: sizeOf(shape) }, draw), shape, "int32");
}

/** True and false, each about as often. */
export function truths<const Shape extends readonly number[]>(shape: Shape): InputOf<Shape> {
  const draw = (): number => random.integer(2);
  return given(Array.from({ length: sizeOf(shape) }, draw), shape, "bool");
}
