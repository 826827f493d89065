/**
 * The one door to what computes: TensorFlow, WebAssembly or plain JavaScript behind the same tensors.
 *
 * All of them are backends of TensorFlow.js, so code that calls `tf.matMul` runs on each. Importing this
 * file loads none of them.
 *
 * Source:  Smilkov et al. (2019), "TensorFlow.js: Machine Learning for the Web and Beyond", section 3.3
 * Chapter: notebooks/00-start.ipynb
 */
import { ConfigError } from "../core/errors.ts";

import { startFastest, startNamed, type EngineLoader, type Passed } from "./start.ts";

/** What an engine is called. */
export type EngineName = "tensorflow" | "wasm" | "cpu";

/** The engines, the fastest first: a new one is a file and a line here. */
const engines: Readonly<Record<EngineName, EngineLoader>> = {
  tensorflow: async () => (await import("./tensorflow.ts")).loadTensorFlow(),
  wasm: async () => (await import("./wasm.ts")).loadWasm(),
  cpu: async () => (await import("./cpu.ts")).loadCpu(),
};

/** The names of all engines, the fastest first. */
export const engineNames: readonly EngineName[] = Object.keys(engines) as EngineName[];

/** The engine that computes. */
export interface Engine {
  readonly name: EngineName;
  /** Version of the library that computes: "2.21.0" of TensorFlow, "4.22.0" of TensorFlow.js. */
  readonly version: string;
  /** What it computes on: "CPU, 2 threads". */
  readonly device: string;
}

/** An engine, and the faster ones that were passed over because they do not load. */
export interface EngineChoice {
  readonly engine: Engine;
  readonly passed: readonly Passed<EngineName>[];
}

/**
 * Makes an engine the one that computes: `name`, else what GLASSBOX_ENGINE names, else the fastest that loads.
 *
 * Tensors and variables made before stay readable and usable. Throws `ConfigError` for a name that is none, and
 * `DataError` that says why when the named engine does not load; the engine that was active then stays.
 */
export async function useEngine(name?: EngineName): Promise<Engine> {
  return (await chooseEngine(name)).engine;
}

/** As `useEngine`, and says which faster engines do not load, and why. */
export async function chooseEngine(name?: EngineName): Promise<EngineChoice> {
  const wanted = name === undefined ? fromEnvironment() : engineName("useEngine", name);
  if (wanted === undefined) return startFastest(engines);
  return { engine: await startNamed(engines, wanted), passed: [] };
}

/** The text as the name of an engine; throws `ConfigError`, in the name of `who`, when it is none. */
export function engineName(who: string, text: string): EngineName {
  const found = engineNames.find((name) => name === text);
  if (found !== undefined) return found;
  throw new ConfigError(
    `${who}: expected ${alternatives(engineNames)}, got "${text}"; without a name the fastest that loads is taken`,
  );
}

function fromEnvironment(): EngineName | undefined {
  const text = process.env.GLASSBOX_ENGINE;
  return text === undefined || text === "" ? undefined : engineName("GLASSBOX_ENGINE", text);
}

/** "a, b or c" */
function alternatives(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`;
}
