/** What a program that uses an engine prints beside its own words: nothing. Runs the build, as a reader does. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { describe, expect, it } from "vitest";

import { packageRoot } from "../../src/core/package-root.ts";

import { tensorFlowIsRequired } from "./tensorflow-required.ts";

const names = tensorFlowIsRequired ? ["tensorflow", "wasm", "cpu"] : ["wasm", "cpu"];

/** Runs a module beside ours, in a reader's environment. */
async function run(code: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TF_|GLASSBOX_|NODE_|VITEST)/.test(name)),
  );
  const options = { cwd: packageRoot(), env };
  return promisify(execFile)(process.execPath, ["--input-type=module", "-e", code], options);
}

describe("a program of its own", () => {
  it.each(names)("hears nothing from the engine %s but what it asks for", async (name) => {
    const said = await run(`
      import * as tf from "@tensorflow/tfjs";
      import { useEngine } from "glassbox/backend/engine";
      const { name } = await useEngine("${name}");
      const x = tf.variable(tf.tensor2d([1, 2, 3, 4], [2, 2]));
      const { grads } = tf.variableGrads(() => tf.matMul(tf.softmax(x), x).square().sum().sqrt());
      tf.train.adam().applyGradients(grads);
      console.log(name, x.shape.join(), x.dataSync().length, (await x.data()).length);`);
    expect(said).toEqual({ stdout: `${name} 2,2 4 4\n`, stderr: "" });
  });

  it.runIf(tensorFlowIsRequired)(
    "may load TensorFlow in one worker thread after the other",
    async () => {
      const said = await run(`
      import { once } from "node:events";
      import { Worker } from "node:worker_threads";
      const work = \`
        const add = async () => {
          const { useEngine } = await import("glassbox/backend/engine");
          const tf = await import("@tensorflow/tfjs");
          console.log((await useEngine("tensorflow")).name, tf.add(1, 2).dataSync()[0]);
        };
        add();\`;
      for (let count = 0; count < 2; count++) await once(new Worker(work, { eval: true }), "exit");`);
      expect(said).toEqual({ stdout: "tensorflow 3\ntensorflow 3\n", stderr: "" });
    },
  );

  it("starts no engine and loads nothing when it only imports the door", async () => {
    const engine = join(packageRoot(), "dist", "src", "backend", "engine.js");
    const said = await run(`
      import { createRequire } from "node:module";
      const door = await import(${JSON.stringify(engine)});
      const loaded = Object.keys(createRequire(import.meta.url).cache);
      console.log(door.engineNames.join(), loaded.length, process.env.TF_NUM_INTEROP_THREADS);`);
    expect(said).toEqual({ stdout: "tensorflow,wasm,cpu 0 undefined\n", stderr: "" });
  });
});
