/**
 * The engine `tensorflow`: the package `@tensorflow/tfjs-node` on a current TensorFlow, the fastest on CPUs.
 *
 * `npm run setup` builds the package's addon; here it is loaded, silently, into the one TensorFlow.js.
 *
 * Source:  https://github.com/tensorflow/tfjs/tree/tfjs-v4.22.0/tfjs-node
 * Chapter: notebooks/00-start.ipynb
 */
import { createRequire } from "node:module";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs";

import { ConfigError, DataError } from "../core/errors.ts";

import type { LoadedEngine } from "./start.ts";
import { addonFolder, packageFolder } from "./tensorflow/addon.ts";
import { mendExponential } from "./tensorflow/exponential.ts";
import { prepareProcess, threads } from "./tensorflow/process.ts";

/** A graph of TensorFlow's own format, loaded. */
export interface SavedModel {
  /** Runs it, synchronously; the names are those of its signature. */
  predict(inputs: tf.NamedTensorMap): tf.Tensor | tf.Tensor[] | tf.NamedTensorMap;
  /** Frees its session. */
  dispose(): void;
}

/** What this project uses of the module `@tensorflow/tfjs-node`, beside TensorFlow.js itself. */
export interface TensorFlowModule {
  readonly Tensor: typeof tf.Tensor;
  readonly node: {
    /** Reads the folder `path`, which may be deleted then; the same path is not read again. */
    loadSavedModel(path: string, tags?: string[], signature?: string): Promise<SavedModel>;
    /** How many are loaded and not disposed of. */
    getNumOfSavedModels(): number;
  };
}

/** The part of the backend that computes and is not TensorFlow.js: the addon. */
interface Binding {
  readonly TF_Version: string;
  isUsingGpuDevice(): boolean;
}

let loaded: TensorFlowModule | undefined;

/**
 * Loads the addon and the TensorFlow libraries, for good: they stay in the process.
 *
 * `folder` is that of the package `@tensorflow/tfjs-node`. Rejects with `DataError` when the addon is not
 * built, does not load, or belongs to another copy of TensorFlow.js.
 */
export function loadTensorFlow(folder: string = packageFolder()): Promise<LoadedEngine> {
  return Promise.resolve().then(() => {
    if (loaded === undefined) {
      loaded = requireModule(folder, addonFolder(folder));
      mendExponential();
    }
    const { binding } = tf.findBackend("tensorflow") as unknown as { readonly binding: Binding };
    const cpu = `CPU, ${threads()}`;
    return {
      version: binding.TF_Version,
      device: binding.isUsingGpuDevice() ? `GPU and ${cpu}` : cpu,
    };
  });
}

/** What `@tensorflow/tfjs-node` exports; throws `ConfigError` unless `useEngine("tensorflow")` has loaded it. */
export function loadedTensorFlow(): TensorFlowModule {
  if (loaded !== undefined) return loaded;
  throw new ConfigError(
    'loadedTensorFlow: expected the engine tensorflow, got none; call `await useEngine("tensorflow")` first',
  );
}

function requireModule(folder: string, addons: string): TensorFlowModule {
  const require = createRequire(import.meta.url);
  prepareProcess();
  try {
    // Hides what TensorFlow's libraries log as they are loaded, so it comes before them.
    require(join(addons, "tf_quiet.node"));
    return theSame(require(folder) as TensorFlowModule);
  } catch (error) {
    if (error instanceof DataError) throw error;
    // The lines after the first say who required it.
    const [problem] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new DataError(
      `tensorflow does not load: ${problem}. Run \`npm run setup\`, which builds it again`,
    );
  }
}

/** The module, if its tensors are ours: a second copy of TensorFlow.js would register kernels that we never see. */
function theSame(module: TensorFlowModule): TensorFlowModule {
  if (module.Tensor === tf.Tensor) return module;
  throw new DataError(
    "tensorflow does not load: expected one copy of @tensorflow/tfjs-core, got two, one of them for @tensorflow/tfjs-node. Run `npm ci`, then `npm run setup`",
  );
}
