/**
 * The engine `wasm`: WebAssembly with SIMD, on every machine, without a compiler and without a GPU.
 *
 * Source:  https://github.com/tensorflow/tfjs/tree/tfjs-v4.22.0/tfjs-backend-wasm
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { DataError } from "../core/errors.ts";

import type { LoadedEngine } from "./start.ts";

/** Compiles the WebAssembly file and readies its backend; rejects with `DataError` when the file does not compile. */
export async function loadWasm(): Promise<LoadedEngine> {
  const { version_wasm: version } = await import("@tensorflow/tfjs-backend-wasm");
  if (!("wasm" in tf.engine().registry)) await registerReady();
  const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  return { version, device: simd ? "CPU, 1 thread, SIMD" : "CPU, 1 thread" };
}

/**
 * Puts a backend that is ready in the place of the package's promise of one: whoever computes while the
 * file compiles keeps the engine that is active, and an error comes here instead of going to the log.
 */
async function registerReady(): Promise<void> {
  const create = tf.findBackendFactory("wasm");
  const backend = await withoutListeners(async () => create()).catch((error: unknown) => {
    const { message } = error as { readonly message: string };
    throw new DataError(
      `wasm does not load: ${message}. Run \`npm run setup\`, which puts its files in place`,
    );
  });
  tf.removeBackend("wasm");
  tf.registerBackend("wasm", () => backend, 2);
}

/**
 * Runs `work` and takes away what it listens to on `process`: the loader of the WebAssembly file, made by
 * Emscripten, throws every unhandled rejection of the program again, whoever else takes care of them.
 */
async function withoutListeners<T>(work: () => Promise<T>): Promise<T> {
  const events = ["uncaughtException", "unhandledRejection"];
  const before = events.map((event) => new Set(process.rawListeners(event)));
  try {
    return await work();
  } finally {
    for (const [index, event] of events.entries()) {
      for (const listener of process.rawListeners(event)) {
        if (before[index]?.has(listener) === false) {
          process.removeListener(event, listener as (...values: unknown[]) => void);
        }
      }
    }
  }
}
