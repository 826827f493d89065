import * as tf from "@tensorflow/tfjs";

import {
  sameShape,
  sizeOf,
  typeOf,
  type Argument,
  type Graph,
  type Operation,
  type Value,
} from "../../../src/jit/graph.ts";
import { findKernel } from "../../../src/jit/kernels/kernel.ts";
import { replay } from "../../../src/jit/replay.ts";

/** How a kernel was seen to depend on its first input. */
export interface Spread {
  /** Kernels that were looked at: in some operation the output has the shape of the first input. */
  readonly seen: Set<string>;
  /** Those where another first element of the input changed the output at another place than the first. */
  readonly spreading: Set<string>;
}

/** Looks at the pointwise kernels of a graph. */
export function lookAtSpread(graph: Graph, args: readonly tf.Tensor[], spread: Spread): void {
  const results = graph.nodes.flatMap((node) =>
    node.outputs.map((_, output) => ({ node, output })),
  );
  tf.tidy(() => {
    const tensors = replay({ ...graph, results, updates: [], optimizers: [] }).run(args);
    const tensorOf = ({ node, output }: Value): tf.Tensor =>
      tensors[
        results.findIndex((each) => each.node === node && each.output === output)
      ] as tf.Tensor;
    for (const node of graph.nodes) {
      if (node.kind === "operation" && isOfInterest(node))
        look(node, node.inputs.map(tensorOf), spread);
    }
  });
}

function look(node: Operation, inputs: readonly tf.Tensor[], { seen, spreading }: Spread): void {
  const before = run(node, inputs);
  const after = run(node, withOtherFirst(inputs));
  seen.add(node.kernel);
  if (after.some((value, place) => place > 0 && !Object.is(value, before[place]))) {
    spreading.add(node.kernel);
  }
}

function isOfInterest({ kernel, inputs, outputs }: Operation): boolean {
  if (!findKernel(kernel)?.pointwise) return false;
  const [input] = inputs;
  const shape = outputs[0]?.shape ?? [];
  return input !== undefined && sameShape(typeOf(input).shape, shape) && sizeOf(shape) > 1;
}

function withOtherFirst(tensors: readonly tf.Tensor[]): readonly tf.Tensor[] {
  const [tensor, ...others] = tensors as [tf.Tensor, ...tf.Tensor[]];
  const values = Array.from(tensor.dataSync());
  values[0] = tensor.dtype === "bool" ? 1 - (values[0] as number) : (values[0] as number) + 1;
  return [tf.tensor(values, tensor.shape, tensor.dtype), ...others];
}

/** The numbers of the first output of one operation. */
function run(operation: Operation, tensors: readonly tf.Tensor[]): readonly number[] {
  const leaves = operation.inputs.map((input, index): Argument => ({
    kind: "argument",
    index,
    outputs: [typeOf(input)],
  }));
  const alone = { ...operation, inputs: leaves.map((node) => ({ node, output: 0 })) };
  const graph: Graph = {
    nodes: [...leaves, alone],
    results: [{ node: alone, output: 0 }],
    updates: [],
    optimizers: [],
  };
  const [result] = replay(graph).run(tensors.map((each) => tf.clone(each)));
  return Array.from((result as tf.Tensor).dataSync());
}
