/**
 * A step for arguments of certain shapes, ready to run: operation by operation at once, as one graph when that is loaded.
 *
 * Source:  Frostig, Johnson and Leary (2018), "Compiling machine learning programs via high-level tracing", section 3
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError } from "../core/errors.ts";
import { capturedBy, outputsOf, type Graph } from "./graph.ts";
import { loadLowering, type Executable } from "./lowering.ts";
import { countStep, slotsOf } from "./optimizer-steps.ts";
import { replay } from "./replay.ts";
import { simplify } from "./simplify.ts";

/** One graph of a step, the variables it reads and assigns, and what runs it. */
export class Program {
  /** Nodes of the simplified graph. */
  readonly nodes: number;
  /** The engine that it was made for. */
  readonly engine: string = tf.getBackend();
  readonly #graph: Graph;
  readonly #captured: readonly tf.Tensor[];
  readonly #variables: readonly tf.Variable[];
  readonly #rebuild: (tensors: readonly tf.Tensor[]) => unknown;
  readonly #slots: readonly (readonly tf.Variable[])[];
  /** While the graph is on its way. */
  #loading: Promise<void> | undefined;
  #executable: Executable;
  #fallback: string | undefined;
  #isCompiled = false;
  #isDisposed = false;

  /** Takes over the graph's captured tensors. `rebuild` puts the results together as the step returned them. */
  constructor(graph: Graph, rebuild: (tensors: readonly tf.Tensor[]) => unknown) {
    this.#captured = capturedBy(graph);
    this.#graph = simplify(graph);
    this.nodes = this.#graph.nodes.length;
    this.#variables = variablesOf(this.#graph);
    this.#slots = graph.optimizers.map(slotsOf);
    this.#rebuild = rebuild;
    this.#executable = replay(this.#graph);
    // Without results and updates there is nothing that an engine could be asked for.
    this.#isCompiled = outputsOf(this.#graph).length === 0;
    this.#startLoading();
  }

  /** Has an optimizer got other variables since, by `setWeights`? Then the step must be traced anew. */
  get isStale(): boolean {
    return this.#graph.optimizers.some(
      (optimizer, place) =>
        !tf.util.arraysEqual(idsOf(slotsOf(optimizer)), idsOf(this.#slots[place] ?? [])),
    );
  }

  /** Is one of its variables gone, so that it will never run again? */
  get isDead(): boolean {
    return this.#variables.some(({ isDisposed }) => isDisposed);
  }

  /** Does it run as one graph by now? */
  get isCompiled(): boolean {
    return this.#isCompiled;
  }

  /** Is its graph still on the way? */
  get isLoading(): boolean {
    return !this.#isCompiled && this.#fallback === undefined;
  }

  /** Why it never will, or undefined. */
  get fallback(): string | undefined {
    return this.#fallback;
  }

  /** Runs it once and assigns what the step assigned; the result as the step would return it. */
  run(tensors: readonly tf.Tensor[]): unknown {
    this.#startLoading();
    this.#expectVariables();
    const outputs = this.#executable.run(tensors);
    const { results, updates, optimizers } = this.#graph;
    updates.forEach(({ variable }, place) => {
      const value = outputs[results.length + place] as tf.Tensor;
      variable.assign(value);
      value.dispose();
    });
    optimizers.forEach(countStep);
    return this.#rebuild(outputs.slice(0, results.length));
  }

  /** Waits for the graph and runs it once, assigning nothing: engines optimize a graph when it first runs. */
  async warmUp(tensors: readonly tf.Tensor[]): Promise<void> {
    this.#startLoading();
    await this.#loading;
    if (!this.#isCompiled || this.#isDisposed || tf.getBackend() !== this.engine) return;
    this.#expectVariables();
    tf.dispose([...this.#executable.run(tensors)]);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#executable.dispose();
    tf.dispose([...this.#captured]);
  }

  #startLoading(): void {
    if (this.isLoading) this.#loading ??= this.#load();
  }

  /** Never rejects: without a graph the step still computes what it should, and says what it lost. */
  async #load(): Promise<void> {
    try {
      const lowering = await loadLowering(this.engine);
      if (!lowering) {
        this.#fallback = `the engine ${this.engine} runs no graphs: each operation runs by itself`;
        return;
      }
      const missing = lowering.missingKernel(this.#graph);
      if (missing !== undefined) throw new Error(`${this.engine} has no lowering of ${missing}`);
      const executable = await lowering.lower(this.#graph);
      if (this.#isDisposed) {
        executable.dispose();
        return;
      }
      this.#executable = executable;
      this.#isCompiled = true;
    } catch (error) {
      // Another engine was chosen meanwhile: the next call on this one tries again.
      if (tf.getBackend() === this.engine) this.#fallBack(error);
    } finally {
      this.#loading = undefined;
    }
  }

  #fallBack(error: unknown): void {
    this.#fallback = `no graph was built: ${error instanceof Error ? error.message : String(error)}`;
    tf.backend_util.warn(`compile: ${this.#fallback}; the step runs operation by operation`);
  }

  #expectVariables(): void {
    const gone = this.#variables.find(({ isDisposed }) => isDisposed);
    if (!gone) return;
    throw new ConfigError(
      `compile: expected the variables that the step was traced with, got "${gone.name}" disposed; compile the step again with the new ones`,
    );
  }
}

function idsOf(variables: readonly tf.Variable[]): number[] {
  return variables.map(({ id }) => id);
}

/** Every variable that a graph reads or assigns. */
function variablesOf({ nodes, updates }: Graph): readonly tf.Variable[] {
  const read = nodes.flatMap((node) => (node.kind === "variable" ? [node.variable] : []));
  return [...new Set([...read, ...updates.map(({ variable }) => variable)])];
}
