/**
 * A graph as one graph of TensorFlow, which runs in a session of its own.
 *
 * Arguments, variables and captured tensors go in at each run; results and the new values of variables come out. So the
 * session holds no state: variables are always current, and eager steps, other compiled steps and checkpoints mix freely.
 *
 * Source:  https://www.tensorflow.org/guide/saved_model; Abadi et al. (2016), "TensorFlow", https://arxiv.org/abs/1605.08695
 * Chapter: notebooks/00-start.ipynb
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type * as tf from "@tensorflow/tfjs";

import { loadedTensorFlow } from "../../backend/tensorflow.ts";
import { expectTypes, suppliedTensor } from "../arguments.ts";
import {
  outputsOf,
  typeOf,
  type Constant,
  type Graph,
  type Leaf,
  type Node,
  type Operation,
  type Value,
} from "../graph.ts";
import type { EngineLowering, Executable } from "../lowering.ts";
import { GraphDef, type Ref } from "./graph-def.ts";
import { findLowering, type Lowering, type Operand } from "./kernel-lowering.ts";
import { SIGNATURE, TAG, savedModel, type Port } from "./saved-model.ts";
import "./table.ts";

/** TensorFlow, as `loadLowering` finds it. */
export const lowering: EngineLowering = { missingKernel, lower };

/** A graph, said in operations of TensorFlow. */
export interface LoweredGraph {
  /** saved_model.pb */
  readonly bytes: Uint8Array;
  /** What is handed in at each run: the leaf of the graph for each placeholder. */
  readonly feeds: readonly { readonly name: string; readonly leaf: Exclude<Leaf, Constant> }[];
  /** The names of the results, then of the updates. */
  readonly fetches: readonly string[];
}

function missingKernel({ nodes }: Graph): string | undefined {
  const missing = nodes.find((node) => node.kind === "operation" && !findLowering(node.kernel));
  return missing?.kind === "operation" ? missing.kernel : undefined;
}

/** Writes a graph as a SavedModel. */
export function writeGraph(graph: Graph): LoweredGraph {
  const written = new GraphDef();
  const refs = new Map<Node, readonly Ref[]>();
  const refOf = ({ node, output }: Value): Ref => (refs.get(node) as readonly Ref[])[output] as Ref;
  const feeds: { readonly name: string; readonly leaf: Exclude<Leaf, Constant> }[] = [];
  const inputs: Port[] = [];
  for (const node of graph.nodes) {
    if (node.kind === "operation") {
      refs.set(node, lowerOperation(written, node, refOf));
    } else if (node.kind === "constant") {
      refs.set(node, [written.constant(node.values, node.outputs[0])]);
    } else {
      const name = `in${feeds.length}`;
      const ref = written.placeholder(name, node.outputs[0]);
      refs.set(node, [ref]);
      feeds.push({ name, leaf: node });
      inputs.push({ name, ref, type: node.outputs[0] });
    }
  }
  const outputs = outputsOf(graph).map((value, place): Port => {
    const name = `out${place}`;
    const type = typeOf(value);
    return { name, ref: written.output(name, refOf(value), type), type };
  });
  const bytes = savedModel(written.finish(), { inputs, outputs });
  return { bytes, feeds, fetches: outputs.map(({ name }) => name) };
}

function lowerOperation(
  graph: GraphDef,
  { kernel, inputs, inputNames, attributes, outputs }: Operation,
  refOf: (value: Value) => Ref,
): readonly Ref[] {
  const operands = inputs.map((value): Operand => ({ ref: refOf(value), type: typeOf(value) }));
  const input = (name: string): Operand | undefined => operands[inputNames.indexOf(name)];
  return (findLowering(kernel) as Lowering)({
    graph,
    inputs: operands,
    input,
    attributes,
    outputs,
  });
}

async function lower(graph: Graph): Promise<Executable> {
  const { bytes, feeds, fetches } = writeGraph(graph);
  // The session keeps what it has read; a fresh folder each time, since TensorFlow.js remembers sessions by path.
  const folder = await mkdtemp(join(tmpdir(), "glassbox-jit-"));
  await writeFile(join(folder, "saved_model.pb"), bytes);
  const model = await loadedTensorFlow()
    .node.loadSavedModel(folder, [TAG], SIGNATURE)
    .finally(() => rm(folder, { recursive: true, force: true }));
  return {
    run: (args) => {
      expectTypes(graph, args);
      const named = Object.fromEntries(
        feeds.map(({ name, leaf }) => [name, suppliedTensor(leaf, args)]),
      );
      const made = model.predict(named) as tf.NamedTensorMap;
      return fetches.map((name) => made[name] as tf.Tensor);
    },
    dispose: () => model.dispose(),
  };
}
