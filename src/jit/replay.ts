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

import { expectTypes } from "./arguments.ts";
import {
  sizeOf,
  typeOf,
  type Constant,
  type Graph,
  type Leaf,
  type Node,
  type Value,
} from "./graph.ts";
import type { Executable } from "./lowering.ts";

/** Sees each node with the tensors of its outputs, right after they are made. */
export type NodeListener = (node: Node, outputs: readonly tf.Tensor[]) => void;

/** A graph ready to run operation by operation; `onNode` sees every tensor on its way. */
export function replay(graph: Graph, onNode?: NodeListener): Executable {
  const lastUse = lastUses(graph);
  return {
    run: (args) => {
      expectTypes(graph, args);
      const kept = tf.tidy(() => {
        const tensors = new Map<Node, readonly tf.Tensor[]>();
        const tensorOf = ({ node, output }: Value): tf.Tensor =>
          (tensors.get(node) as readonly tf.Tensor[])[output] as tf.Tensor;
        graph.nodes.forEach((node, place) => {
          const outputs =
            node.kind === "operation"
              ? runKernel(node, node.inputs.map(tensorOf))
              : [leafTensor(node, args)];
          tensors.set(node, outputs);
          onNode?.(node, outputs);
          for (const dead of lastUse[place] as readonly Node[]) {
            if (ownsTensors(dead)) tf.dispose([...(tensors.get(dead) as readonly tf.Tensor[])]);
            tensors.delete(dead);
          }
        });
        // A value may come out twice, or be a leaf, which belongs to somebody else.
        return outputsOf(graph).map((value) => tf.clone(tensorOf(value)));
      });
      return kept;
    },
    dispose: () => undefined,
  };
}

/** What comes out of a graph: the results, then the values of the updates. */
export function outputsOf({ results, updates }: Graph): readonly Value[] {
  return [...results, ...updates.map(({ value }) => value)];
}

function runKernel(
  node: Extract<Node, { kind: "operation" }>,
  tensors: readonly tf.Tensor[],
): readonly tf.Tensor[] {
  const { kernel, inputNames, attributes, outputs } = node;
  if (kernel === "BroadcastTo") {
    return [
      tf.broadcastTo(tensors[0] as tf.Tensor, [
        ...(outputs[0] as { shape: readonly number[] }).shape,
      ]),
    ];
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
  if (leaf.kind === "argument") return args[leaf.index] as tf.Tensor;
  if (leaf.kind === "variable") return leaf.variable;
  return leaf.kind === "captured" ? leaf.tensor : constantTensor(leaf);
}

/** The tensor of a constant, on the active engine. */
export function constantTensor({ values, outputs: [{ shape, dtype }] }: Constant): tf.Tensor {
  const all =
    values.length === sizeOf(shape)
      ? values
      : new Array<number>(sizeOf(shape)).fill(values[0] ?? 0);
  return tf.tensor(all, [...shape], dtype);
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

/** The type of each output of a graph, in the order in which they come out. */
export function outputTypes(graph: Graph): readonly ReturnType<typeof typeOf>[] {
  return outputsOf(graph).map(typeOf);
}
