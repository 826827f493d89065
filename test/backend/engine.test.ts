import * as tf from "@tensorflow/tfjs";
import { afterEach, describe, expect, it } from "vitest";

import { chooseEngine, engineNames, useEngine, type EngineName } from "../../src/backend/engine.ts";
import { loadedTensorFlow } from "../../src/backend/tensorflow.ts";

import { tensorFlowIsRequired } from "./tensorflow-required.ts";

const engines: readonly EngineName[] = engineNames.filter(
  (name) => name !== "tensorflow" || tensorFlowIsRequired,
);

afterEach(() => {
  delete process.env.GLASSBOX_ENGINE;
  tf.disposeVariables();
});

function values(tensor: tf.Tensor): number[] {
  return Array.from(tensor.dataSync());
}

describe.each(engines)("the engine %s", (name) => {
  it("is the one that computes, and says what it is", async () => {
    const engine = await useEngine(name);
    expect(tf.getBackend()).toBe(name);
    expect(engine.name).toBe(name);
    expect(engine.version).toMatch(name === "tensorflow" ? /^2\.\d+\.\d+/ : /^4\.22\.0$/);
    expect(engine.device).toMatch(/CPU, [1-9]\d* threads?/);
  });

  it("multiplies, and a second call changes nothing", async () => {
    const engine = await useEngine(name);
    expect(await useEngine(name)).toEqual(engine);
    const a = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const b = tf.tensor2d([1, 0, 0, 1, 1, 1], [3, 2]);
    expect(values(tf.matMul(a, b))).toEqual([4, 5, 10, 11]); // 1 + 3, 2 + 3; 4 + 6, 5 + 6
    expect(values(tf.matMul(a, a, false, true))).toEqual([14, 32, 32, 77]); // rows with rows
    expect(values(tf.matMul(a, a, true, false))).toEqual([17, 22, 27, 22, 29, 36, 27, 36, 45]);
  });

  it("has softmax rows of e^x over their sum", async () => {
    await useEngine(name);
    const rows = values(tf.softmax(tf.tensor2d([0, Math.log(3), 5, 5], [2, 2])));
    for (const [index, expected] of [0.25, 0.75, 0.5, 0.5].entries()) {
      expect(rows[index]).toBeCloseTo(expected, 6);
    }
  });

  it("adds up the gradients of a row that was gathered twice", async () => {
    await useEngine(name);
    const table = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const weights = tf.tensor2d([1, 10, 2, 20, 3, 30], [3, 2]);
    const gradient = tf.grad((x) =>
      tf.sum(tf.mul(tf.gather(x, tf.tensor1d([2, 0, 2], "int32")), weights)),
    )(table);
    expect(values(gradient)).toEqual([2, 20, 0, 0, 4, 40]); // row 2 twice: 1 + 3 and 10 + 30
  });
});

describe("useEngine", () => {
  it("keeps tensors and variables over a switch, readable and usable", async () => {
    for (const from of engines) {
      for (const to of engines) {
        await useEngine(from);
        const tensor = tf.mul(tf.tensor1d([1, 2, 3]), 2);
        const variable = tf.variable(tf.tensor1d([5, 6, 7]));
        await useEngine(to);
        variable.assign(tf.add(variable, tensor));
        expect([values(tensor), values(variable)]).toEqual([
          [2, 4, 6],
          [7, 10, 13],
        ]);
      }
    }
  });

  it("takes the fastest without a name, also after another one", async () => {
    await useEngine("cpu");
    const { engine, passed } = await chooseEngine();
    expect(engine.name).toBe(engines[0]);
    expect(passed.map(({ name }) => name)).toEqual(
      engineNames.filter((name) => !engines.includes(name)),
    );
  });

  it("takes what GLASSBOX_ENGINE names, unless a name is given", async () => {
    process.env.GLASSBOX_ENGINE = "cpu";
    expect((await useEngine()).name).toBe("cpu");
    expect((await useEngine("wasm")).name).toBe("wasm");
    process.env.GLASSBOX_ENGINE = "";
    expect((await useEngine()).name).toBe(engines[0]);
  });

  it("refuses a name that is none, and stays where it was", async () => {
    await useEngine("cpu");
    const known =
      "expected tensorflow, wasm or cpu, got X; without a name the fastest that loads is taken";
    await expect(useEngine("webgl" as EngineName)).rejects.toThrow(
      `useEngine: ${known.replace("X", '"webgl"')}`,
    );
    process.env.GLASSBOX_ENGINE = "TensorFlow";
    await expect(useEngine()).rejects.toThrow(
      `GLASSBOX_ENGINE: ${known.replace("X", '"TensorFlow"')}`,
    );
    expect(tf.getBackend()).toBe("cpu");
  });

  it("starts one engine after the other when two are asked for at once", async () => {
    const both = await Promise.all([useEngine("wasm"), useEngine("cpu")]);
    expect(both.map(({ name }) => name)).toEqual(["wasm", "cpu"]);
    expect(tf.getBackend()).toBe("cpu");
  });
});

describe.runIf(tensorFlowIsRequired)("loadedTensorFlow", () => {
  it("is the module whose tensors are ours", async () => {
    await useEngine("tensorflow");
    expect(loadedTensorFlow().Tensor).toBe(tf.Tensor);
    expect(loadedTensorFlow().node.getNumOfSavedModels()).toBe(0);
  });
});
