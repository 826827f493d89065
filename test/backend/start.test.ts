/** What happens when an engine does not load. TensorFlow is not loaded in this file: a process keeps it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { loadCpu } from "../../src/backend/cpu.ts";
import { useEngine } from "../../src/backend/engine.ts";
import { startFastest, startNamed } from "../../src/backend/start.ts";
import { loadedTensorFlow, loadTensorFlow } from "../../src/backend/tensorflow.ts";
import { executeTensorFlow } from "../../src/backend/tensorflow/operation.ts";
import { loadWasm } from "../../src/backend/wasm.ts";
import { ConfigError, DataError } from "../../src/core/errors.ts";

const NOT_BUILT =
  "tensorflow does not load: its addon is not built. Run `npm run setup`, which builds it";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tfjs-node-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Puts a file where the addon would lie. */
function write(name: string, text: string): void {
  const addons = join(folder, "lib", "napi-v8");
  mkdirSync(addons, { recursive: true });
  writeFileSync(join(addons, name), text);
}

const listeners = (): readonly number[] =>
  ["uncaughtException", "unhandledRejection"].map((event) => process.listenerCount(event));
const listenersBefore = listeners();

/** Our engines, with the package of TensorFlow in `folder`. */
const engines = { tensorflow: () => loadTensorFlow(folder), wasm: loadWasm, cpu: loadCpu };

// First of all, for once it is loaded, it stays.
describe("the engine wasm without its file", () => {
  it("says which file is missing or damaged, prints nothing, and loads when it is mended", async () => {
    const file = join(folder, "tfjs-backend-wasm-simd.wasm");
    const wasm = { wasm: () => loadWasm(folder) };
    const mend = "Run `npm ci`, then `npm run setup`, which put the packages in place again";
    await expect(startNamed(wasm, "wasm")).rejects.toThrow(
      new DataError(
        `wasm does not load: ${file}: ENOENT: no such file or directory, open '${file}'. ${mend}`,
      ),
    );
    writeFileSync(file, "damaged");
    await expect(startNamed(wasm, "wasm")).rejects.toThrow(
      new DataError(
        `wasm does not load: ${file}: WebAssembly.compile(): expected magic word 00 61 73 6d, found 64 61 6d 61 @+0. ${mend}`,
      ),
    );
    expect((await startNamed({ wasm: loadWasm }, "wasm")).version).toBe("4.22.0");
  });
});

describe("an engine that does not load", () => {
  it("says that it is not built, and leaves the active one", async () => {
    await useEngine("cpu");
    const start = startNamed(engines, "tensorflow");
    await expect(start).rejects.toThrow(new DataError(NOT_BUILT));
    expect(tf.getBackend()).toBe("cpu");
    expect(tf.add(1, 2).dataSync()[0]).toBe(3);
  });

  it("says what the set-up wrote down", async () => {
    write("why-not.txt", "there is no TensorFlow for this machine (freebsd, arm64).\n");
    await expect(startNamed(engines, "tensorflow")).rejects.toThrow(
      new DataError(
        "tensorflow does not load: there is no TensorFlow for this machine (freebsd, arm64).",
      ),
    );
  });

  it("says in one line why a file that is there does not load", async () => {
    write("tfjs_binding.node", "not a library");
    const file = join(folder, "lib", "napi-v8", "tf_quiet.node");
    const mend = "Run `npm run setup`, which builds it again";
    await expect(startNamed(engines, "tensorflow")).rejects.toThrow(
      new DataError(`tensorflow does not load: Cannot find module '${file}'. ${mend}`),
    );
    write("tf_quiet.node", "not a library");
    const error: unknown = await startNamed(engines, "tensorflow").catch((e: unknown) => e);
    expect(error).toBeInstanceOf(DataError);
    const { message } = error as DataError; // The middle is what the system's loader says.
    expect(message.startsWith(`tensorflow does not load: ${file}: `)).toBe(true);
    expect(message.endsWith(`. ${mend}`)).toBe(true);
    expect(message).not.toContain("\n");
  });

  it("is passed over for the next, and is named with its reason", async () => {
    expect(await startFastest(engines)).toEqual({
      engine: { name: "wasm", version: "4.22.0", device: "CPU, 1 thread, SIMD" },
      passed: [{ name: "tensorflow", reason: NOT_BUILT }],
    });
    expect(tf.getBackend()).toBe("wasm");
  });

  it("does not hinder the next start", async () => {
    const first = startNamed(engines, "tensorflow");
    const second = startNamed(engines, "cpu");
    await expect(first).rejects.toThrow(NOT_BUILT);
    expect((await second).name).toBe("cpu");
  });

  it("is not mistaken for a fault of ours", async () => {
    const broken = { broken: () => Promise.reject(new TypeError("x is undefined")), cpu: loadCpu };
    await expect(startFastest(broken)).rejects.toThrow(new TypeError("x is undefined"));
  });

  it("gives the active one back when it took its place first", async () => {
    await useEngine("cpu");
    const hasty = async (): Promise<never> => {
      await tf.setBackend("wasm");
      throw new DataError("hasty does not load: it is late");
    };
    await expect(startNamed({ hasty }, "hasty")).rejects.toThrow("hasty does not load: it is late");
    expect(tf.getBackend()).toBe("cpu");
  });
});

describe("what needs TensorFlow", () => {
  it("asks for the engine where it is not loaded", async () => {
    await useEngine("cpu");
    expect(() => loadedTensorFlow()).toThrow(
      new ConfigError(
        'loadedTensorFlow: expected the engine tensorflow, got none; call `await useEngine("tensorflow")` first',
      ),
    );
    expect(() => executeTensorFlow("Neg", [tf.scalar(1)])).toThrow(
      new ConfigError(
        'executeTensorFlow Neg: expected the engine tensorflow, got cpu; call `await useEngine("tensorflow")` first',
      ),
    );
  });
});

describe("the engine wasm", () => {
  it("left no listener on the process, so that errors reach whom they concern", async () => {
    await useEngine("wasm");
    expect(listeners()).toEqual(listenersBefore);
  });
});
