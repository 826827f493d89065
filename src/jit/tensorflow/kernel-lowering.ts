/**
 * How each kernel of TensorFlow.js is said in operations of TensorFlow.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops
 * Chapter: notebooks/00-start.ipynb
 */
import { ConfigError } from "../../core/errors.ts";
import type { Attributes, TensorType } from "../graph.ts";
import type { GraphDef, Ref } from "./graph-def.ts";

/** An input of a kernel within the graph that is being written. */
export interface Operand {
  readonly ref: Ref;
  readonly type: TensorType;
}

/** One call of a kernel, as its lowering sees it. */
export interface Call {
  readonly graph: GraphDef;
  /** The inputs that are there, in order. */
  readonly inputs: readonly Operand[];
  /** The input of that name, if it is there: `bias`, `scale`. */
  readonly input: (name: string) => Operand | undefined;
  readonly attributes: Attributes;
  readonly outputs: readonly TensorType[];
}

/** Writes the operations of a call; returns a reference for each output of the kernel. */
export type Lowering = (call: Call) => readonly Ref[];

const lowerings = new Map<string, Lowering>();

/**
 * Says how a kernel is computed by TensorFlow.
 *
 * Throws `ConfigError` when it has been said.
 */
export function defineLowering(kernel: string, lowering: Lowering): void {
  if (lowerings.has(kernel)) {
    throw new ConfigError(`defineLowering: expected a new kernel, got "${kernel}", which has one`);
  }
  lowerings.set(kernel, lowering);
}

/** The lowering of a kernel, or undefined. */
export function findLowering(kernel: string): Lowering | undefined {
  return lowerings.get(kernel);
}
