import * as tf from "@tensorflow/tfjs";

import {
  sameShape,
  sizeOf,
  typeOf,
  type Argument,
  type Graph,
  type Node,
  type Operation,
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
  const tensors = new Map<Node, readonly tf.Tensor[]>();
  const onNode = (node: Node, outputs: readonly tf.Tensor[]): void => {
    // A replay frees what it needs no more.
    tensors.set(
      node,
      outputs.map((each) => tf.clone(each)),
    );
    if (node.kind !== "operation" || !isOfInterest(node)) return;
    const inputs = node.inputs.map((input) => tensors.get(input.node)?.[input.output] as tf.Tensor);
    const before = run(node, inputs);
    const after = run(node, withOtherFirst(inputs));
    spread.seen.add(node.kernel);
    if (after.some((value, place) => place > 0 && !Object.is(value, before[place]))) {
      spread.spreading.add(node.kernel);
    }
  };
  tf.tidy(() => void replay(graph, onNode).run(args));
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
  };
  const [result] = replay(graph).run(tensors.map((each) => tf.clone(each)));
  return Array.from((result as tf.Tensor).dataSync());
}
