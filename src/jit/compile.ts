/**
 * compile(step): a function of tensors that is traced once for each shape and then runs as one graph.
 *
 *     step ─ trace ─→ graph ─ simplify ─→ graph ─┬─ lower ──→ one graph of the engine
 *                                                └─ replay ─→ operation by operation, until the other is loaded
 *
 * Variables are read before and assigned after each run, so they are always current: eager steps, other compiled steps,
 * several shapes and checkpoints mix freely.
 *
 * Source:  Frostig, Johnson and Leary (2018), "Compiling machine learning programs via high-level tracing"
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError } from "../core/errors.ts";
import { dryRun } from "./dry-run.ts";
import { tensorType } from "./element-type.ts";
import { Program } from "./program.ts";
import { isTracing, trace } from "./trace.ts";
import { flattenArguments, flattenResult, type Flat } from "./tree.ts";
import { UnsupportedError, VariableMadeError } from "./untraceable.ts";

/** What has become of a step. */
export interface CompileStats {
  /** How often it was traced: once for each engine and combination of shapes, types, switches and variables. */
  readonly traces: number;
  /** Nodes of its graphs, simplified, all together. */
  readonly nodes: number;
  /** Calls that ran operation by operation: before a graph was loaded, or because there is none. */
  readonly eagerCalls: number;
  /** Why it does not run as one graph on this engine; null when it does, or will as soon as the graph is loaded. */
  readonly fallback: string | null;
}

/** An argument of a step, a number allowed for each tensor without axes; a step has no numbers, but such tensors. */
export type CallArgument<T> = T extends tf.Scalar
  ? T | number
  : T extends tf.Tensor | boolean | string | null | undefined
    ? T
    : T extends number
      ? never
      : { [Name in keyof T]: CallArgument<T[Name]> };

/** All arguments of a step. */
export type CallArguments<A extends readonly unknown[]> = {
  [Place in keyof A]: CallArgument<A[Place]>;
};

/** A compiled step: called like the step itself. */
export interface Compiled<A extends readonly unknown[], R> {
  (...args: CallArguments<A>): R;
  /**
   * Builds the graph for arguments like these now and runs it once, every variable left as it was: the calls that follow
   * all run the same way, and at full speed.
   */
  readonly ready: (...args: CallArguments<A>) => Promise<void>;
  readonly stats: () => CompileStats;
  /** Frees the graphs; a later call throws `ConfigError`. */
  readonly dispose: () => void;
}

/** So many different shapes are more than a step is meant for; it says so once. */
const MANY_TRACES = 16;
/** So many calls without a graph are a loop that does not let it load; it says so once. */
const MANY_EAGER_CALLS = 20;

/**
 * Makes a step (a function of tensors that returns tensors and may assign variables) run as one graph.
 *
 * The step must do the same for all arguments of the same shapes: it is called once for each combination of shapes, with
 * tensors that stand for any numbers, and again where it makes variables first or an optimizer gets others. What it computes from JavaScript's numbers stays as it was in that call. On an
 * engine without a lowering, and for a kernel that the compiler does not know, it runs operation by operation.
 *
 * A call throws `UntraceableError` (it reads a value, draws from Math.random, makes a variable at each call, writes large
 * arrays, keeps a tensor, changes the engine), `ConfigError` (arguments or results that are no tensors, a promise, a step disposed), and what the step throws.
 */
export function compile<A extends readonly unknown[], R>(step: (...args: A) => R): Compiled<A, R> {
  const compiler = new StepCompiler(step as unknown as AnyStep);
  return Object.assign((...args: CallArguments<A>) => compiler.call(args) as R, {
    ready: (...args: CallArguments<A>) => compiler.ready(args),
    stats: () => compiler.stats(),
    dispose: () => compiler.dispose(),
  });
}

type AnyStep = (...args: readonly unknown[]) => unknown;

class StepCompiler {
  readonly #step: AnyStep;
  /** By engine and signature; undefined where the step runs as it is written. */
  readonly #programs = new Map<string, Program | undefined>();
  /** Signatures for which the step has had its call to make variables. */
  readonly #called = new Set<string>();
  #traces = 0;
  #eagerCalls = 0;
  #unsupported: string | undefined;
  #isDisposed = false;

  constructor(step: AnyStep) {
    this.#step = step;
  }

  call(args: readonly unknown[]): unknown {
    this.#expectLiving();
    return withArguments(args, (flat) => {
      // Inside of another trace, or under a gradient, the operations themselves are wanted.
      if (isTracing() || tf.engine().isTapeOn()) return this.#run(flat);
      const program = this.#programFor(flat);
      if (program?.isCompiled !== true) this.#countEagerCall(program);
      return program ? program.run(flat.tensors) : this.#runEagerly(flat);
    });
  }

  async ready(args: readonly unknown[]): Promise<void> {
    this.#expectLiving();
    if (isTracing()) return; // it becomes a part of what is traced
    const flat = flattenArguments(args);
    try {
      let program = this.#programFor(flat);
      if (!program && !this.#programs.has(keyOf(flat))) {
        dryRun(() => tf.dispose(this.#runEagerly(flat) as tf.TensorContainer));
        program = this.#programFor(flat);
      }
      await program?.warmUp(flat.tensors);
    } finally {
      tf.dispose([...flat.made]);
    }
  }

  stats(): CompileStats {
    const programs = [...this.#programs.values()].filter((program) => program !== undefined);
    const here = programs.filter(({ engine }) => engine === tf.getBackend());
    return {
      traces: this.#traces,
      nodes: programs.reduce((sum, { nodes }) => sum + nodes, 0),
      eagerCalls: this.#eagerCalls,
      fallback: this.#unsupported ?? here.find(({ fallback }) => fallback)?.fallback ?? null,
    };
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const program of this.#programs.values()) program?.dispose();
    this.#programs.clear();
  }

  /** The program for these arguments, traced if it is new; undefined when the step shall run as it is written. */
  #programFor(flat: Flat): Program | undefined {
    const key = keyOf(flat);
    if (this.#programs.get(key)?.isStale === true) this.#forget(key);
    if (this.#programs.has(key)) return this.#programs.get(key);
    for (const [other, program] of this.#programs) if (program?.isDead) this.#forget(other);
    try {
      const program = this.#trace(flat);
      this.#programs.set(key, program);
      return program;
    } catch (error) {
      if (error instanceof VariableMadeError && !this.#called.has(key)) {
        this.#called.add(key);
        return undefined;
      }
      if (!(error instanceof UnsupportedError)) throw error;
      this.#programs.set(key, undefined);
      if (this.#unsupported === undefined) {
        tf.backend_util.warn(`compile: ${error.message}, so the step runs as it is written`);
      }
      this.#unsupported ??= error.message;
      return undefined;
    }
  }

  #forget(key: string): void {
    this.#programs.get(key)?.dispose();
    this.#programs.delete(key);
  }

  /** A loop that never waits keeps the graph from loading, and would be slow without a word. */
  #countEagerCall(program: Program | undefined): void {
    this.#eagerCalls++;
    if (this.#eagerCalls !== MANY_EAGER_CALLS || program?.isLoading !== true) return;
    tf.backend_util.warn(
      `compile: ${MANY_EAGER_CALLS} calls ran operation by operation, for their graph is not loaded yet; \`await step.ready(…)\` with arguments of these shapes before the loop`,
    );
  }

  #trace(flat: Flat): Program {
    let result: Flat | undefined;
    const types = flat.tensors.map(tensorType);
    const graph = trace((tensors) => {
      result = flattenResult(this.#step(...(flat.rebuild(tensors) as unknown[])));
      return result.tensors;
    }, types);
    if (++this.#traces === MANY_TRACES) {
      tf.backend_util.warn(
        `compile: the step was traced ${MANY_TRACES} times, once for each combination of shapes, switches and variables among its arguments; pad them to a few shapes`,
      );
    }
    return new Program(graph, (result as Flat).rebuild);
  }

  /** The step as it is written; only its results stay. */
  #runEagerly(flat: Flat): unknown {
    try {
      return tf.tidy(() => this.#run(flat) as tf.TensorContainer);
    } catch (error) {
      // It has not had its call to make variables.
      this.#called.delete(keyOf(flat));
      throw error;
    }
  }

  /** Calls the step; its results are new tensors, as a graph's are, even where it returns what it was given. */
  #run(flat: Flat): unknown {
    const result = flattenResult(this.#step(...(flat.rebuild(flat.tensors) as unknown[])));
    const isOthers = (tensor: tf.Tensor): boolean =>
      tensor instanceof tf.Variable || tensor.kept || flat.tensors.includes(tensor);
    return result.rebuild(result.tensors.map((each) => (isOthers(each) ? tf.clone(each) : each)));
  }

  #expectLiving(): void {
    if (!this.#isDisposed) return;
    throw new ConfigError(
      "compile: expected a living step, got one that was disposed; compile it again",
    );
  }
}

/** Which program it takes: that of the active engine for these structures, shapes and types. */
function keyOf({ key }: Flat): string {
  return `${tf.getBackend()} ${key}`;
}

/** Takes arguments apart for one piece of work; the tensors made from numbers live no longer. */
function withArguments<T>(args: readonly unknown[], work: (flat: Flat) => T): T {
  const flat = flattenArguments(args);
  // A tape or a trace may need them later; the scope of either frees them.
  if (isTracing() || tf.engine().isTapeOn()) return work(flat);
  try {
    return work(flat);
  } finally {
    tf.dispose([...flat.made]);
  }
}
