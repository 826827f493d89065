/**
 * Runs a graph operation by operation on the engine that is active: slower than a lowering, but the same on each.
 *
 * There is no tape, and each tensor is freed after its last use. It is how a step runs where an engine has no lowering,
 * and the reference that lowerings are tested against.
 *
 * Source:  Frostig, Johnson and Leary (2018), "Compiling machine learning programs via high-level tracing", section 2
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { expectTypes, suppliedTensor } from "./arguments.ts";
import { allValues } from "./constant.ts";
import {
  outputsOf,
  type Constant,
  type Graph,
  type Leaf,
  type Node,
  type Operation,
  type TensorType,
  type Value,
} from "./graph.ts";
import type { Executable } from "./lowering.ts";

/** A graph ready to run operation by operation. */
export function replay(graph: Graph): Executable {
  const lastUse = lastUses(graph);
  return {
    run: (args) => {
      expectTypes(graph, args);
      return tf.tidy(() => {
        const tensors = new Map<Node, readonly tf.Tensor[]>();
        const tensorOf = ({ node, output }: Value): tf.Tensor =>
          (tensors.get(node) as readonly tf.Tensor[])[output] as tf.Tensor;
        graph.nodes.forEach((node, place) => {
          const outputs =
            node.kind === "operation"
              ? runKernel(node, node.inputs.map(tensorOf))
              : [leafTensor(node, args)];
          tensors.set(node, outputs);
          for (const dead of lastUse[place] as readonly Node[]) {
            if (ownsTensors(dead)) tf.dispose([...(tensors.get(dead) as readonly tf.Tensor[])]);
            tensors.delete(dead);
          }
        });
        // A value may come out twice, or be a leaf, which belongs to somebody else.
        return outputsOf(graph).map((value) => tf.clone(tensorOf(value)));
      });
    },
    dispose: () => undefined,
  };
}

function runKernel(node: Operation, tensors: readonly tf.Tensor[]): readonly tf.Tensor[] {
  const { kernel, inputNames, attributes, outputs } = node;
  if (kernel === "BroadcastTo") {
    const { shape } = outputs[0] as TensorType;
    return [tf.broadcastTo(tensors[0] as tf.Tensor, [...shape])];
  }
  // Kernels that take a list number its tensors: an object with the keys 0, 1, … is not enough for them.
  const inputs: unknown =
    inputNames[0] === "0"
      ? tensors
      : Object.fromEntries(inputNames.map((name, place) => [name, tensors[place]]));
  const made = tf
    .engine()
    .runKernel(kernel, inputs as tf.NamedTensorMap, attributes as tf.NamedAttrMap);
  return Array.isArray(made) ? made : [made];
}

function leafTensor(leaf: Leaf, args: readonly tf.Tensor[]): tf.Tensor {
  return leaf.kind === "constant" ? constantTensor(leaf) : suppliedTensor(leaf, args);
}

/** The tensor of a constant, on the active engine. */
function constantTensor(constant: Constant): tf.Tensor {
  const [{ shape, dtype }] = constant.outputs;
  return tf.tensor(allValues(constant), [...shape], dtype);
}

function ownsTensors({ kind }: Node): boolean {
  return kind === "operation" || kind === "constant";
}

/** For each place of the list, the nodes that nobody needs after it. */
function lastUses(graph: Graph): readonly (readonly Node[])[] {
  const last = new Map<Node, number>();
  graph.nodes.forEach((node, place) => {
    last.set(node, place);
    if (node.kind === "operation") for (const input of node.inputs) last.set(input.node, place);
  });
  for (const { node } of outputsOf(graph)) last.delete(node);
  const dead: Node[][] = graph.nodes.map(() => []);
  for (const [node, place] of last) (dead[place] as Node[]).push(node);
  return dead;
}
