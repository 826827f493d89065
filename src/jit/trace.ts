/**
 * Calls a step once with tensors that stand for any numbers, and returns what it did as a graph.
 *
 * The step runs on the recording backend, gradients and update included. Before it, each variable is given a leaf of the
 * graph as its value; after it, a variable with another value has an update; then each gets its old value back. Whatever
 * happens in between, engine, variables and tensors are afterwards what they were.
 *
 * Source:  Frostig, Johnson and Leary (2018), "Compiling machine learning programs via high-level tracing", section 2
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { ElementType, Graph, Node, TensorType, Update, Value } from "./graph.ts";
import { setGuards } from "./guards.ts";
import { holdData } from "./held-data.ts";
import { withoutCounting } from "./optimizer-steps.ts";
import { RECORDER, Recorder } from "./recorder.ts";
import { registerRecorderKernels, unregisterRecorderKernels } from "./recorder-kernels.ts";

/** A step as a trace sees it: tensors in, tensors out. */
export type FlatStep = (tensors: readonly tf.Tensor[]) => readonly tf.Tensor[];

/** Is a step being traced right now? */
export function isTracing(): boolean {
  return tf.getBackend() === RECORDER;
}

/**
 * The graph of a step for arguments of these types.
 *
 * Throws `UntraceableError` for what a graph cannot repeat, `UnsupportedError` and `VariableMadeError` among them, and
 * whatever the step throws. The graph's `captured` tensors belong to the caller, who disposes them.
 */
export function trace(step: FlatStep, types: readonly TensorType[]): Graph {
  const engine = tf.engine();
  const before = tf.getBackend();
  registerRecorderKernels(before);
  const recorder = new Recorder();
  const variables = Object.values(engine.registeredVariables);
  const held = variables.map((variable) => holdData(variable));
  tf.registerBackend(RECORDER, () => recorder);
  void tf.setBackend(RECORDER); // takes effect at once: its promise tells only of backends that load
  engine.startScope("trace");
  const guards = setGuards(recorder);
  try {
    const leaves = variables.map((variable) => giveLeaf(recorder, variable));
    const args = types.map((type, index) =>
      tensorOf(recorder, { kind: "argument", index, outputs: [type] }),
    );
    const [tensors, optimizers] = withoutCounting(() => step(args));
    const results = tensors.map((tensor) => recorder.valueFor(tensor));
    guards.expectNothingKept();
    if (recorder.violation) throw recorder.violation;
    return { nodes: recorder.nodes, results, updates: updatesOf(recorder, leaves), optimizers };
  } catch (error) {
    guards.disposeKept();
    tf.dispose(recorder.captured);
    throw error;
  } finally {
    guards.takeAway();
    engine.endScope();
    // While the recorder is active: it passes references on to whichever backend owns the data.
    variables.forEach((variable, place) => variable.assign(held[place] as tf.Tensor));
    tf.dispose(held);
    void tf.setBackend(before);
    tf.removeBackend(RECORDER);
    unregisterRecorderKernels();
  }
}

interface VariableLeaf {
  readonly variable: tf.Variable;
  readonly value: Value;
}

/** Makes the variable's value a leaf of the graph. */
function giveLeaf(recorder: Recorder, variable: tf.Variable): VariableLeaf {
  const type = { shape: variable.shape, dtype: variable.dtype as ElementType };
  const leaf = tensorOf(recorder, { kind: "variable", variable, outputs: [type] });
  variable.assign(leaf);
  return { variable, value: recorder.valueFor(leaf) };
}

function tensorOf(recorder: Recorder, node: Node): tf.Tensor {
  const [info] = recorder.add(node);
  return tf.engine().makeTensorFromTensorInfo(info as tf.TensorInfo, recorder);
}

function updatesOf(recorder: Recorder, leaves: readonly VariableLeaf[]): readonly Update[] {
  return leaves
    .map(({ variable, value: old }) => ({ variable, old, value: recorder.valueFor(variable) }))
    .filter(({ old, value }) => value.node !== old.node)
    .map(({ variable, value }) => ({ variable, value }));
}
