/**
 * What is handed to a graph at a call, and whether that is what it was made for.
 *
 * Source:  https://www.tensorflow.org/guide/saved_model, whose sessions take a wrong shape without a word
 * Chapter: notebooks/00-start.ipynb
 */
import type * as tf from "@tensorflow/tfjs";

import { ShapeError } from "../core/errors.ts";
import {
  sameShape,
  typeText,
  type Argument,
  type Constant,
  type ElementType,
  type Graph,
  type Leaf,
  type Node,
} from "./graph.ts";

/** Throws `ShapeError` unless there is one living tensor of the right shape and type for each argument of the graph. */
export function expectTypes(graph: Graph, args: readonly tf.Tensor[]): void {
  const expected = argumentsOf(graph);
  if (args.length !== expected.length) {
    throw new ShapeError(
      `compile: expected ${expected.length} tensors, got ${args.length}; call it as it was traced`,
    );
  }
  for (const { index, outputs } of expected) {
    const tensor = args[index] as tf.Tensor;
    if (tensor.isDisposed) {
      throw new ShapeError(
        `compile: expected a living tensor as tensor ${index + 1} of the arguments, got a disposed one; keep it until the call, or ready, has ended`,
      );
    }
    const type = { shape: tensor.shape, dtype: tensor.dtype as ElementType };
    if (type.dtype !== outputs[0].dtype || !sameShape(type.shape, outputs[0].shape)) {
      throw new ShapeError(
        `compile: expected ${typeText(outputs[0])} for tensor ${index + 1} of the arguments, got ${typeText(type)}; a graph runs for the shapes and types that it was traced for`,
      );
    }
  }
}

/** The tensor that stands for a leaf at a call: an argument, what a variable holds, what was captured. */
export function suppliedTensor(
  leaf: Exclude<Leaf, Constant>,
  args: readonly tf.Tensor[],
): tf.Tensor {
  if (leaf.kind === "argument") return args[leaf.index] as tf.Tensor;
  return leaf.kind === "variable" ? leaf.variable : leaf.tensor;
}

/** The arguments of a graph, in order. */
export function argumentsOf({ nodes }: Graph): readonly Argument[] {
  return nodes
    .filter((node: Node): node is Argument => node.kind === "argument")
    .sort((a, b) => a.index - b.index);
}
