/**
 * The engine `wasm`: WebAssembly with SIMD, on every machine, without a compiler and without a GPU.
 *
 * Source:  https://github.com/tensorflow/tfjs/tree/tfjs-v4.22.0/tfjs-backend-wasm
 * Chapter: notebooks/00-start.ipynb
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import * as tf from "@tensorflow/tfjs";

import { DataError } from "../core/errors.ts";

import type { LoadedEngine } from "./start.ts";
import { registerWasmKernels } from "./wasm/kernels.ts";

/** The part of WebAssembly used here: TypeScript's own declarations come only with those of a browser. */
interface Compiler {
  compile(bytes: Uint8Array): Promise<unknown>;
}

/**
 * Compiles the WebAssembly file, readies its backend and registers the kernels that it lacks.
 *
 * `folder` is where the package `@tensorflow/tfjs-backend-wasm` keeps its files. Rejects with `DataError` when
 * the file is missing or does not compile.
 */
export async function loadWasm(folder: string = packageFiles()): Promise<LoadedEngine> {
  const { version_wasm: version } = await import("@tensorflow/tfjs-backend-wasm");
  const simd = (await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) as boolean;
  if (!("wasm" in tf.engine().registry)) {
    await expectCompiles(join(folder, `tfjs-backend-wasm${simd ? "-simd" : ""}.wasm`));
    await registerReady();
  }
  registerWasmKernels();
  return { version, device: simd ? "CPU, 1 thread, SIMD" : "CPU, 1 thread" };
}

function packageFiles(): string {
  return dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
}

/** The package itself would print what is wrong, and reject with advice about web servers. */
async function expectCompiles(file: string): Promise<void> {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Compiler };
  try {
    await WebAssembly.compile(await readFile(file));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new DataError(
      `wasm does not load: ${file}: ${problem}. Run \`npm ci\`, then \`npm run setup\`, which put the packages in place again`,
    );
  }
}

/**
 * Puts a backend that is ready in the place of the package's promise of one: whoever computes while the
 * file is compiled keeps the engine that is active.
 */
async function registerReady(): Promise<void> {
  const create = tf.findBackendFactory("wasm");
  const backend = await withoutListeners(async () => create());
  tf.removeBackend("wasm");
  tf.registerBackend("wasm", () => backend, 2);
}

/**
 * Runs `work` and takes away what it listens to on `process`: the loader of the WebAssembly file, made by
 * Emscripten, throws every unhandled rejection of the program again, whoever else takes care of them.
 */
async function withoutListeners<T>(work: () => Promise<T>): Promise<T> {
  const events = ["uncaughtException", "unhandledRejection"];
  const before = new Map(events.map((event) => [event, process.rawListeners(event)]));
  try {
    return await work();
  } finally {
    for (const event of events) {
      for (const listener of process.rawListeners(event)) {
        if (before.get(event)?.includes(listener) === true) continue;
        process.removeListener(event, listener as (...values: unknown[]) => void);
      }
    }
  }
}
