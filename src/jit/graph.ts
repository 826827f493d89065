/**
 * What a trace leaves: one list of operations with static shapes, each after those it needs.
 *
 * A node names a TensorFlow.js kernel and its inputs; four kinds of leaves have no inputs. Nothing in a graph changes
 * once it is made: a variable that the step assigns has a value before (a leaf) and a value after (an update).
 *
 * Source:  Frostig, Johnson and Leary (2018), "Compiling machine learning programs via high-level tracing", section 2
 * Chapter: notebooks/00-start.ipynb
 */
import type * as tf from "@tensorflow/tfjs";

/** The types of elements that can be traced. */
export type ElementType = "float32" | "int32" | "bool";

/** Shape and element type of one tensor, known before anything runs. */
export interface TensorType {
  readonly shape: readonly number[];
  readonly dtype: ElementType;
}

/** What a kernel is told beside its tensors: axes, paddings, flags, by TensorFlow.js's names. */
export type Attributes = Readonly<Record<string, unknown>>;

/** The numbers of a constant; booleans are 0 and 1 in bytes. */
export type ConstantValues = Float32Array | Int32Array | Uint8Array;

/** One of the outputs of a node. */
export interface Value {
  readonly node: Node;
  /** Which output, from 0. */
  readonly output: number;
}

/** One call of a kernel. */
export interface Operation {
  readonly kind: "operation";
  /** TensorFlow.js's name of the kernel: "BatchMatMul". */
  readonly kernel: string;
  readonly inputs: readonly Value[];
  /** The kernel's names of the inputs that are there, in the same order: "a", "b". */
  readonly inputNames: readonly string[];
  readonly attributes: Attributes;
  readonly outputs: readonly TensorType[];
}

/** A tensor whose numbers are known when the step is traced. */
export interface Constant {
  readonly kind: "constant";
  /** As many as the shape holds, or one alone that fills it. */
  readonly values: ConstantValues;
  readonly outputs: readonly [TensorType];
}

/** An argument of the step. */
export interface Argument {
  readonly kind: "argument";
  /** Its place among the tensors of the arguments, from 0. */
  readonly index: number;
  readonly outputs: readonly [TensorType];
}

/** What a variable holds before the step. */
export interface VariableRead {
  readonly kind: "variable";
  readonly variable: tf.Variable;
  readonly outputs: readonly [TensorType];
}

/** A tensor made outside of the step, too large to be written into the graph; it is handed in at each call. */
export interface Captured {
  readonly kind: "captured";
  readonly tensor: tf.Tensor;
  readonly outputs: readonly [TensorType];
}

export type Leaf = Constant | Argument | VariableRead | Captured;
export type Node = Operation | Leaf;

/** What a variable holds after the step. */
export interface Update {
  readonly variable: tf.Variable;
  readonly value: Value;
}

/** A step, traced: what goes in, what happens, what comes out. */
export interface Graph {
  /** Every node after its inputs; each argument is there, used or not. */
  readonly nodes: readonly Node[];
  readonly results: readonly Value[];
  readonly updates: readonly Update[];
  /** The optimizers that took a step: each counts its steps in JavaScript. */
  readonly optimizers: readonly tf.Optimizer[];
}

/** Shape and element type of a value. */
export function typeOf({ node, output }: Value): TensorType {
  return node.outputs[output] as TensorType;
}

/** What comes out of a graph: the results, then the values of the updates. */
export function outputsOf({ results, updates }: Graph): readonly Value[] {
  return [...results, ...updates.map(({ value }) => value)];
}

/** The tensors that a graph has captured; whoever has the graph disposes of them. */
export function capturedBy({ nodes }: Graph): readonly tf.Tensor[] {
  return nodes.flatMap((node) => (node.kind === "captured" ? [node.tensor] : []));
}

/** The same numbers in another shape, as TensorFlow.js's Reshape says it. */
export function reshapeOf(value: Value, shape: readonly number[]): Operation {
  return {
    kind: "operation",
    kernel: "Reshape",
    inputs: [value],
    inputNames: ["x"],
    attributes: { shape: [...shape] },
    outputs: [{ shape: [...shape], dtype: typeOf(value).dtype }],
  };
}

/** How many elements a tensor of this shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

/** Have two tensors the same shape? */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** A type as messages write it: "float32 [12, 64]". */
export function typeText({ shape, dtype }: TensorType): string {
  return `${dtype} [${shape.join(", ")}]`;
}
