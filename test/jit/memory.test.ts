import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { loadedTensorFlow } from "../../src/backend/tensorflow.ts";
import { compile } from "../../src/jit/compile.ts";

beforeAll(() => useEngine("tensorflow"));
afterEach(() => {
  tf.disposeVariables();
});

const MEGABYTE = 2 ** 20;
const residentMegabytes = (): number => process.memoryUsage.rss() / MEGABYTE;
const sessions = (): number => loadedTensorFlow().node.getNumOfSavedModels();

describe("memory of a compiled step", () => {
  it("is flat over a thousand calls, results disposed", async () => {
    const weight = tf.variable(tf.ones([256, 256])); // 256 kB
    const step = compile((x: tf.Tensor2D, rate: tf.Scalar) => {
      weight.assign(tf.sub(weight, tf.mul(tf.matMul(x, weight as tf.Tensor2D), rate)));
      return { size: tf.sum(tf.square(weight)) };
    });
    const x: tf.Tensor2D = tf.mul(tf.eye(256), 0.5);
    await step.ready(x, 0.01);
    const run = (): void => tf.dispose(step(x, 0.01));
    for (let count = 0; count < 200; count++) run();
    const [tensors, before] = [tf.memory().numTensors, residentMegabytes()];
    for (let count = 0; count < 1000; count++) run();
    expect(tf.memory().numTensors).toBe(tensors);
    // One tensor forgotten at each call would be 250 MB.
    expect(residentMegabytes() - before).toBeLessThan(40);
    step.dispose();
  });

  it("comes back with dispose: sessions, captured tensors and the rest, for fifty functions", async () => {
    const [tensors, open] = [tf.memory().numTensors, sessions()];
    const table = tf.ones([128, 1024]); // large enough to be captured
    const once = async (count: number): Promise<void> => {
      const step = compile((x: tf.Tensor1D) => tf.sum(tf.mul(table, tf.mul(x, count))));
      const x = tf.ones<tf.Rank.R1>([1024]);
      await step.ready(x);
      expect(tf.tidy(() => step(x).dataSync()[0])).toBe(128 * 1024 * count);
      expect(sessions()).toBe(open + 1);
      expect(tf.memory().numTensors).toBe(tensors + 3); // the table, x, and the step's hold of the table
      step.dispose();
      x.dispose();
    };
    for (let count = 1; count <= 10; count++) await once(count);
    const before = residentMegabytes();
    for (let count = 1; count <= 50; count++) await once(count);
    expect(sessions()).toBe(open);
    // The table is 0.5 MB: held by each, they would be 25 MB.
    expect(residentMegabytes() - before).toBeLessThan(20);
    table.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it("comes back when the step is disposed before its graph is loaded", async () => {
    const open = sessions();
    const step = compile((x: tf.Tensor1D) => tf.neg(x));
    const x = tf.tensor1d([1]);
    step(x).dispose();
    step.dispose();
    const other = compile((y: tf.Tensor1D) => tf.exp(y));
    await other.ready(x);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sessions()).toBe(open + 1);
    other.dispose();
    expect(sessions()).toBe(open);
  });
});
