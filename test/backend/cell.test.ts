/** Engines in a notebook's cells, under the project's kernel and under stock tslab. */
import { createRequire } from "node:module";

import { expect, it } from "vitest";

import { packageRoot } from "../../src/core/package-root.ts";
import { KernelClient } from "../../src/kernel/client.ts";
import { printed, result, traceback, useKernel } from "../kernel/running-kernel.ts";

import { tensorFlowIsRequired } from "./tensorflow-required.ts";

const kernel = useKernel();

async function run(code: string): ReturnType<typeof kernel.client.execute> {
  const done = await kernel.client.execute(code);
  expect(printed(done, "stderr")).toBe("");
  return done;
}

it("shows the engine as a plain object, and switches it from cell to cell", async () => {
  const shown = await run(`import * as tf from "@tensorflow/tfjs";
import { useEngine } from "glassbox/backend/engine";
await useEngine("wasm")`);
  expect(traceback(shown)).toBe("");
  expect(result(shown)).toBe("{ name: 'wasm', version: '4.22.0', device: 'CPU, 1 thread, SIMD' }");
  await run("const x = tf.tensor1d([1, 2, 3]);");
  const fastest = await run("(await useEngine()).name");
  expect(result(fastest)).toBe(tensorFlowIsRequired ? "'tensorflow'" : "'wasm'");
  expect(result(await run("tf.mul(x, 2)"))).toBe("Tensor (3) float32\n[2, 4, 6]");
});

it("says in the cell what is wrong with a name", async () => {
  const failed = await run('await useEngine("gpu" as "cpu")');
  expect(traceback(failed)).toContain(
    'useEngine: expected tensorflow, wasm or cpu, got "gpu"; without a name the fastest that loads is taken',
  );
});

it("starts each engine under stock tslab as well, without a word on stderr", async () => {
  const tslab = createRequire(import.meta.url).resolve("tslab/bin/tslab");
  const client = await KernelClient.start({
    command: [process.execPath, tslab, "kernel", "--config-path", "{connection_file}"],
    folder: packageRoot(),
    environment: { CI: "true" },
  });
  try {
    const names = tensorFlowIsRequired ? ["tensorflow", "wasm", "cpu"] : ["wasm", "cpu"];
    for (const name of names) {
      const done = await client.execute(`import * as tf from "@tensorflow/tfjs";
import { useEngine } from "glassbox/backend/engine";
const engine = await useEngine("${name}");
console.log(engine.name, tf.add(1, 2).dataSync()[0]);`);
      expect(done.outputs).toEqual([{ type: "stream", name: "stdout", text: `${name} 3\n` }]);
    }
  } finally {
    await client.kill();
  }
});
