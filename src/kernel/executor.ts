/**
 * Runs cells: checked by tslab, instrumented, as one function over the names that cells share.
 *
 * Source:  https://nodejs.org/api/vm.html#vmruninthiscontextcode-options
 * Chapter: notebooks/00-start.ipynb
 */
import Module from "node:module";
import { dirname, extname, join, resolve } from "node:path";
import { types } from "node:util";
import vm from "node:vm";

import { Interrupted, isStopping, stopFlag } from "../core/interrupt.ts";
import { owner, type Cell } from "./cell.ts";
import type { ControlState } from "./control-state.ts";
import { cellRequire } from "./installation.ts";
import { FLAG, instrument } from "./instrument.ts";
import { Language } from "./language.ts";
import { Scope } from "./scope.ts";
import { rememberScript } from "./stack.ts";
import { meetTensorFlow } from "./tensorflow.ts";

/** What the last expression of a cell gave. */
export interface Outcome {
  readonly value: unknown;
  /** False when there is nothing to show: no expression, a semicolon, an assignment, undefined. */
  readonly shown: boolean;
}

type CellFunction = (
  exports: { value?: unknown },
  require: NodeJS.Require,
  cell: unknown,
  box: Scope["box"],
) => unknown;

/** Runs cells one after the other in one folder, with all names that they share. */
export class Executor {
  readonly language: Language;
  readonly #scope = new Scope();
  readonly #require: NodeJS.Require;
  /** JavaScript of the TypeScript files beside the notebook, and what they export once loaded. */
  readonly #files = new Map<string, string>();
  readonly #modules = new Map<string, Module>();
  readonly #control: ControlState;

  constructor(folder: string, control: ControlState) {
    this.#control = control;
    this.language = new Language(folder);
    Object.defineProperty(globalThis, FLAG, { value: stopFlag });
    Object.assign(globalThis, { __dirname: folder });
    this.#require = this.#withFiles(cellRequire(folder), folder);
  }

  /** The script name of a cell, as it stands in stacks. */
  static scriptName(cell: Cell): string {
    return `cell-${cell.count}.ts`;
  }

  /**
   * Runs one cell to its end and returns the value of its last expression, promises awaited.
   *
   * Throws `TypeScriptError` before anything ran, `Interrupted` after Stop, or what the cell threw;
   * then the names of earlier cells mean what they meant before.
   */
  async execute(cell: Cell, source: string): Promise<Outcome> {
    const name = Executor.scriptName(cell);
    rememberScript(name, source, source);
    const compiled = this.language.compile(source, (shared) => this.#scope.has(shared));
    for (const { path, data } of compiled.files) {
      this.#modules.delete(path);
      this.#files.set(path, data);
    }
    const { code, declared } = instrument(compiled.emitted, compiled.resultName, compiled.isAsync);
    rememberScript(name, source, code);
    const putBack = this.#scope.remember(declared);
    try {
      const exports: { value?: unknown } = {};
      const returned = this.#runScript(cell, name, code, exports);
      if (compiled.isAsync) await Promise.race([returned, cell.failed]);
      const value = await this.#awaited(cell, exports.value);
      compiled.commit();
      return { value, shown: value !== undefined && !compiled.hidesValue };
    } catch (error) {
      putBack();
      throw error;
    }
  }

  #runScript(cell: Cell, filename: string, code: string, exports: { value?: unknown }): unknown {
    const run = vm.runInThisContext(code, {
      filename,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }) as CellFunction;
    const runtime = {
      settle: <T>(value: T) => settle(value),
      iterate,
      leave: () => leave(cell),
    };
    const call = (): unknown =>
      run(exports, this.#require, runtime, (name) => this.#scope.box(name));
    return this.#breakable(call);
  }

  /** Runs a function under V8's eye: a signal ends it wherever it is, also inside a library. */
  #breakable(call: () => unknown): unknown {
    breakableCall.set(() => {
      this.#control.enterScript();
      try {
        return call();
      } finally {
        this.#control.leaveScript();
      }
    });
    try {
      return breakable.runInThisContext({ breakOnSigint: true });
    } catch (error) {
      const { code } = types.isNativeError(error) ? (error as { code?: string }) : {};
      if (code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
      owner.getStore()?.stop();
      throw new Interrupted();
    } finally {
      this.#control.scriptIsOver();
    }
  }

  async #awaited(cell: Cell, value: unknown): Promise<unknown> {
    if (!isThenable(value)) return value;
    return Promise.race([cell.settle(value), cell.failed]);
  }

  /** `require` that knows the TypeScript files beside the notebook, which tslab translated. */
  #withFiles(require: NodeJS.Require, folder: string): NodeJS.Require {
    const withFiles = (id: string): unknown => {
      if (!id.startsWith(".")) {
        const module: unknown = require(id);
        meetTensorFlow();
        return module;
      }
      const path = join(folder, extname(id) === "" ? `${id}.js` : id).replaceAll("\\", "/");
      const code = this.#files.get(path);
      if (code === undefined) return require(resolve(folder, id));
      const loaded = this.#modules.get(path);
      if (loaded !== undefined) return loaded.exports;
      const module = new Module(path);
      module.filename = path;
      // Registered before it runs, so that files that import each other end.
      this.#modules.set(path, module);
      try {
        const wrapper = vm.runInThisContext(Module.wrap(code), { filename: path }) as (
          ...args: unknown[]
        ) => void;
        const own = this.#withFiles(require, dirname(path));
        wrapper.call(module.exports, module.exports, own, module, path, dirname(path));
      } catch (error) {
        this.#modules.delete(path);
        throw error;
      }
      return module.exports;
    };
    return Object.assign(withFiles, require) as NodeJS.Require;
  }
}

/** The call that the breakable script makes: a script cannot be handed arguments. */
const breakableCall = {
  set(call: () => unknown): void {
    (globalThis as Record<symbol, unknown>)[CALL] = call;
  },
};
const CALL = Symbol.for("glassbox.cell-call");
const breakable = new vm.Script('globalThis[Symbol.for("glassbox.cell-call")]()', {
  filename: "node:glassbox-cell",
});

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { then?: unknown }).then === "function"
  );
}

/** `await` in cell code: the cell is the one whose code runs, which may be an earlier one. */
function settle<T>(value: T): Promise<T> | T {
  const cell = owner.getStore();
  return cell === undefined ? value : cell.settle(value);
}

/** `for await` in cell code. */
async function* iterate<T>(iterable: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T, void> {
  const iterator =
    Symbol.asyncIterator in iterable
      ? iterable[Symbol.asyncIterator]()
      : iterable[Symbol.iterator]();
  let ended = false;
  try {
    for (;;) {
      const result = await settle(iterator.next());
      if (result.done === true) {
        ended = true;
        return;
      }
      yield await settle(result.value);
    }
  } finally {
    // A stopped consumer does not wait for the producer to end.
    if (!ended) void iterator.return?.();
  }
}

/** A loop saw the flag of Stop: it leaves if the flag is meant for it. */
function leave(compiledFor: Cell): void {
  if (!isStopping()) {
    // It named a run that is over: lower it, so that loops need not look twice.
    Atomics.store(stopFlag, 0, 0);
    return;
  }
  const cell = owner.getStore() ?? compiledFor;
  if (!cell.running && !cell.stopped) return;
  cell.stop();
  throw new Interrupted();
}
