import { expect, it } from "vitest";

import { filesIn, printed, result, traceback, useKernel } from "./running-kernel.ts";

const kernel = useKernel();
const run = (code: string) => kernel.client.execute(code);

it("finds our modules, TensorFlow.js and Node's types in an empty folder, typed", async () => {
  const cell = await run(
    "import { isStopping } from 'glassbox/core/interrupt';\nimport * as tf from '@tensorflow/tfjs';\nimport { readFileSync } from 'node:fs';\nconst shape: number[] = tf.zeros([2, 3]).shape;\n[isStopping(), shape, typeof readFileSync]",
  );
  expect(traceback(cell)).toBe("");
  expect(result(cell)).toBe("[ false, [ 2, 3 ], 'function' ]");
  const refused = await run("const wrong: string = isStopping()");
  expect(refused.reply["evalue"]).toContain("Type 'boolean' is not assignable to type 'string'");
  const tensor = await run("const rank: tf.Tensor2D = tf.zeros([2, 3, 4]) as tf.Tensor3D");
  expect(tensor.reply["ename"]).toBe("TypeScriptError");
});

it("shares one copy of a module with the kernel itself", async () => {
  const cell = await run(
    "import { stopFlag } from 'glassbox/core/interrupt';\nstopFlag === (globalThis as unknown as { __glassboxStop: Int32Array }).__glassboxStop",
  );
  expect(result(cell)).toBe("true");
});

it("refuses a module of ours that does not exist, before anything runs", async () => {
  const cell = await run("console.log('ran'); import { nothing } from 'glassbox/core/nothing'");
  expect(printed(cell)).toBe("");
  expect(cell.reply["evalue"]).toContain("Cannot find module 'glassbox/core/nothing'");
});

it("writes nothing into the folder and nothing to its terminal", async () => {
  await run("console.error('to the cell'); console.log(1)");
  expect(filesIn(kernel.folder)).toEqual([]);
  expect(kernel.client.terminal).toBe("");
});
