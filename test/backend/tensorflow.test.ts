import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { loadTensorFlow } from "../../src/backend/tensorflow.ts";
import { addonFolder, packageFolder } from "../../src/backend/tensorflow/addon.ts";
import { executeTensorFlow } from "../../src/backend/tensorflow/operation.ts";
import { threads } from "../../src/backend/tensorflow/process.ts";

import { tensorFlowIsRequired } from "./tensorflow-required.ts";

function tensor(info: tf.TensorInfo | undefined): tf.Tensor {
  if (info === undefined) throw new Error("expected an output, got none");
  return tf.engine().makeTensorFromTensorInfo(info);
}

describe.runIf(tensorFlowIsRequired)("a second copy of TensorFlow.js", () => {
  const folder = mkdtempSync(join(tmpdir(), "tfjs-node-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // Before the right one is loaded: that stays.
  it("is refused, for its tensors would not be ours", async () => {
    const addons = join(folder, "lib", "napi-v8");
    mkdirSync(addons, { recursive: true });
    symlinkSync(join(addonFolder(packageFolder()), "tf_quiet.node"), join(addons, "tf_quiet.node"));
    writeFileSync(join(addons, "tfjs_binding.node"), "");
    writeFileSync(join(folder, "index.js"), "exports.Tensor = class Tensor {};");
    await expect(loadTensorFlow(folder)).rejects.toThrow(
      "tensorflow does not load: expected one copy of @tensorflow/tfjs-core, got two, one of them for @tensorflow/tfjs-node. Run `npm ci`, then `npm run setup`",
    );
  });
});

describe.runIf(tensorFlowIsRequired)("executeTensorFlow", () => {
  beforeAll(async () => {
    await useEngine("tensorflow");
  });

  it("runs an operation with attributes of each kind, and gives as many outputs as asked for", () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const float = { type: "float32" } as const;
    const split = executeTensorFlow(
      "SplitV",
      [x, tf.tensor1d([1, 2], "int32"), tf.scalar(1, "int32")],
      { attributes: { T: float, Tlen: { type: "int32" }, num_split: { int: 2 } }, outputs: 2 },
    );
    expect(split.map(({ shape }) => shape)).toEqual([
      [2, 1],
      [2, 2],
    ]);
    expect(Array.from(tensor(split[1]).dataSync())).toEqual([2, 3, 5, 6]);

    const [transposed] = executeTensorFlow("MatMul", [x, x], {
      attributes: { T: float, transpose_a: { bool: true } },
    });
    expect(tensor(transposed).shape).toEqual([3, 3]);

    // (x − mean) / √(variance + ε) of the channel 3, −3 with ε = 16: 3 / √(9 + 16).
    const channel = tf.tensor4d([3, -3], [1, 2, 1, 1]);
    const one = tf.tensor1d([1]);
    const [normal] = executeTensorFlow(
      "FusedBatchNorm",
      [channel, one, tf.tensor1d([0]), tf.tensor1d([]), tf.tensor1d([])],
      {
        attributes: {
          T: float,
          epsilon: { float: 16 },
          data_format: { string: "NHWC" },
          is_training: { bool: true },
        },
        outputs: 5,
      },
    );
    expect(tensor(normal).dataSync()[0]).toBeCloseTo(3 / 5, 5);

    const [placeholder] = executeTensorFlow("PlaceholderWithDefault", [x], {
      attributes: { dtype: float, shape: { shape: [2, 3] } },
    });
    expect(Array.from(tensor(placeholder).dataSync())).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("takes tensors of another engine", async () => {
    await useEngine("cpu");
    const x = tf.tensor1d([1, -2]);
    await useEngine("tensorflow");
    const [y] = executeTensorFlow("Neg", [x], { attributes: { T: { type: "float32" } } });
    expect(Array.from(tensor(y).dataSync())).toEqual([-1, 2]);
  });

  it("throws what TensorFlow says about an operation that there is not", () => {
    expect(() => executeTensorFlow("Nogation", [tf.scalar(1)])).toThrow(/Nogation/);
  });
});

describe.runIf(tensorFlowIsRequired)("tf.exp", () => {
  it("leaves whole numbers where they are, which the package's own kernel takes away", async () => {
    await useEngine("tensorflow");
    const ids = tf.tensor1d([0, 1, 2], "int32");
    const before = tf.memory().numTensors;
    const made = tf.exp(ids);
    expect(made.dtype).toBe("float32");
    made.dataSync().forEach((value, power) => expect(value).toBeCloseTo(Math.exp(power), 5));
    expect(Array.from(ids.dataSync())).toEqual([0, 1, 2]);
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(
      tf
        .grad((x: tf.Tensor) => tf.exp(x))(tf.scalar(1))
        .dataSync()[0],
    ).toBeCloseTo(Math.E, 5);
  });
});

describe("threads", () => {
  it.each([
    ["1", "1", "1 thread"],
    ["1", "6", "6 threads"],
    ["8", "6", "8 threads"],
  ])("with %s inside and %s beside each other are %s", (inside, beside, expected) => {
    const names = ["TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"] as const;
    const before = names.map((name) => process.env[name]);
    [process.env[names[0]], process.env[names[1]]] = [inside, beside];
    expect(threads()).toBe(expected);
    for (const [index, name] of names.entries()) {
      const value = before[index];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
});
