import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { loadedTensorFlow } from "../../src/backend/tensorflow.ts";
import { ConfigError, DataError } from "../../src/core/errors.ts";
import { stopFlag } from "../../src/core/interrupt.ts";
import { Windows } from "../../src/data/windows.ts";
import { Gpt } from "../../src/models/gpt.ts";
import type { TrainConfig } from "../../src/train/config.ts";
import { learningRate } from "../../src/train/schedule.ts";
import { train, type TrainOptions } from "../../src/train/train.ts";
import { eventsOf, smallCorpus, smallModel, smallTraining } from "./small-run.ts";

beforeAll(() => useEngine("tensorflow"));

const run = (
  config: Partial<TrainConfig> = {},
  { model = new Gpt(smallModel, { seed: 1 }), ...options }: TrainOptions & { model?: Gpt } = {},
): ReturnType<typeof train> =>
  train(model, smallCorpus(), { ...smallTraining, ...config }, options);

describe("a run", () => {
  it("says each step, evaluations before the first and after the last, and samples, in this order", async () => {
    const asked: number[] = [];
    const sample = (step: number): Promise<string> => {
      asked.push(step);
      return Promise.resolve(`text ${step}`);
    };
    const events = await eventsOf(run({ steps: 5, evaluateEvery: 2, sampleEvery: 3 }, { sample }));
    expect(events.map(({ type, step }) => `${type} ${step}`)).toEqual([
      "evaluation 0",
      "step 1",
      "step 2",
      "evaluation 2",
      "step 3",
      "sample 3",
      "step 4",
      "evaluation 4",
      "step 5",
      "evaluation 5",
      "sample 5",
    ]);
    expect(asked).toEqual([3, 5]);
    expect(await eventsOf(run({ steps: 1, sampleEvery: 1 }))).toHaveLength(1);
    expect(events[5]).toEqual({ type: "sample", step: 3, text: "text 3" });
  });

  it("learns what the held-out text also follows", async () => {
    const config = { steps: 120, evaluateEvery: 120, evaluateBatches: 8 };
    const events = await eventsOf(run(config));
    const evaluations = events.filter((event) => event.type === "evaluation");
    expect(evaluations[0]!.validationLoss).toBeGreaterThan(Math.log(8));
    // ln 2 = 0.693 is the best; the first token of a window is guessed from itself alone, like all others.
    expect(evaluations[1]!.validationLoss).toBeLessThan(0.85);
    expect(evaluations[1]!.trainLoss).toBeLessThan(0.85);
  });

  it("follows the schedule", async () => {
    const rates = (await eventsOf(run({ steps: 4 }))).map((event) =>
      event.type === "step" ? event.rate : NaN,
    );
    const schedule = { peak: 1e-2, warmUp: 2, steps: 4, floor: 1e-3 };
    expect(rates).toEqual([1, 2, 3, 4].map((step) => learningRate(step, schedule)));
  });

  it("does the same again, and something else with another seed", async () => {
    const config = { steps: 3, evaluateEvery: 3 };
    const first = await eventsOf(run(config));
    expect(await eventsOf(run(config))).toEqual(first);
    expect(await eventsOf(run({ ...config, seed: 2 }))).not.toEqual(first);
  });

  it("begins with the windows of its seed", async () => {
    const model = new Gpt(smallModel, { seed: 1 });
    const options = { batch: 4, context: 8, seed: 1 };
    const { x, y } = new Windows(smallCorpus().train, options).next();
    const loss = tf.tidy(() =>
      model.loss(tf.tensor2d(x, [4, 8], "int32"), tf.tensor2d(y, [4, 8], "int32")).arraySync(),
    );
    const [first] = await eventsOf(run({ steps: 1 }, { model }));
    expect(first?.type === "step" && first.loss).toBeCloseTo(loss, 5);
  });

  it("evaluates on the same windows, others than it begins with", async () => {
    const model = new Gpt({ ...smallModel }, { seed: 1 });
    const config = {
      steps: 2,
      evaluateEvery: 1,
      evaluateBatches: 1,
      learningRate: 1e-30,
      floor: 0,
    };
    const events = await eventsOf(run(config, { model }));
    const step = events[1];
    const losses = events.flatMap((event) =>
      event.type === "evaluation" ? [event.trainLoss] : [],
    );
    expect(losses).toEqual([losses[0], losses[0], losses[0]]);
    expect(step?.type === "step" && step.loss).not.toBeCloseTo(losses[0]!, 3);
  });

  it("leaves no tensor and no graph, whether it ends, is aborted, abandoned or fails", async () => {
    const models = Array.from({ length: 4 }, () => new Gpt(smallModel, { seed: 1 }));
    const graphs = (): number => loadedTensorFlow().node.getNumOfSavedModels();
    const before = [tf.memory().numTensors, graphs()];
    await eventsOf(run({ steps: 3, evaluateEvery: 1 }, { model: models[0]! }));
    const controller = new AbortController();
    for await (const event of run({}, { model: models[1]!, signal: controller.signal })) {
      if (event.step === 2) controller.abort();
    }
    const abandoned = run({ accumulate: 2 }, { model: models[2]! });
    await abandoned.next();
    await abandoned.return();
    const broken = eventsOf(run({ learningRate: 1e30, floor: 0 }, { model: models[3]! }));
    await expect(broken).rejects.toThrow(ConfigError);
    expect([tf.memory().numTensors, graphs()]).toEqual(before);
  });

  it("ends after the step at which the signal comes, and without one where it had come before", async () => {
    const controller = new AbortController();
    const steps: number[] = [];
    for await (const { step } of run({ evaluateEvery: 1 }, { signal: controller.signal })) {
      steps.push(step);
      if (step === 2) controller.abort();
    }
    expect(steps).toEqual([0, 1, 1, 2]);
    expect(await eventsOf(run({ evaluateEvery: 1 }, { signal: controller.signal }))).toEqual([]);
  });

  it("lets the event loop turn, and stops when Stop is pressed", async () => {
    Atomics.store(stopFlag, 1, 7); // the run that goes on
    const began = performance.now();
    const stopping = setTimeout(() => Atomics.store(stopFlag, 0, 7), 100);
    try {
      await expect(eventsOf(run({ steps: 1e6 }))).rejects.toThrow("stopped by the reader");
      expect(performance.now() - began).toBeLessThan(10_000);
    } finally {
      clearTimeout(stopping);
      stopFlag.fill(0);
    }
  });
});

describe("a run that goes wrong", () => {
  it("stops when the loss is no number, and says where", async () => {
    const model = new Gpt(smallModel, { seed: 1 });
    const { "norm.gain": gain } = model.variables;
    const events = run({ clip: Infinity }, { model });
    await events.next();
    gain!.assign(tf.fill(gain!.shape, NaN));
    await expect(eventsOf(events)).rejects.toThrow(
      new ConfigError(
        "train, step 2: expected a loss of at most 12.38 and a finite gradient norm, got a loss of NaN and a norm of NaN; lower learningRate (0.01) or clip, or lengthen warmUp; there is no checkpoint yet",
      ),
    );
  });

  it("stops when the loss is far above that of a model that knows nothing", async () => {
    const exploded = eventsOf(run({ steps: 100, learningRate: 100 }));
    await expect(exploded).rejects.toThrow(
      /^train, step \d+: expected a loss of at most 12\.38 and a finite gradient norm, got a loss of \d+(\.\d+)? and a norm of \d+(\.\d+)?; lower learningRate \(100\) or clip, or lengthen warmUp; there is no checkpoint yet$/,
    );
  });

  it("goes on when wild first weights begin with a large loss", async () => {
    const model = new Gpt({ ...smallModel, deviation: 3 }, { seed: 1 });
    const losses = (await eventsOf(run({ steps: 30 }, { model }))).map((event) =>
      event.type === "step" ? event.loss : NaN,
    );
    expect(losses[0]).toBeGreaterThan(4 * Math.log(8));
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
  });
});

describe("a run that cannot be", () => {
  it.each<[Partial<TrainConfig>, string]>([
    [{ steps: 0 }, "train steps: expected a whole number from 1, got 0"],
    [{ batch: 1.5 }, "train batch: expected a whole number from 1, got 1.5"],
    [{ accumulate: 0 }, "train accumulate: expected a whole number from 1, got 0"],
    [{ warmUp: -1 }, "train warmUp: expected a whole number from 0, got -1"],
    [{ evaluateEvery: NaN }, "train evaluateEvery: expected a whole number from 0, got NaN"],
    [{ seed: -1 }, "train seed: expected a whole number from 0, got -1"],
    [{ learningRate: 0 }, "train learningRate: expected a number above 0, got 0"],
    [
      { floor: 1 },
      "train floor: expected at most the learning rate 0.01, got 1; a tenth of it is usual",
    ],
    [{ beta2: 1 }, "train beta2: expected a number from 0 up to but not 1, got 1"],
    [{ clip: 0 }, "train clip: expected a number above 0, got 0; Infinity clips nothing"],
  ])("is refused: %o", async (config, message) => {
    await expect(eventsOf(run(config))).rejects.toThrow(new ConfigError(message));
  });

  it("is refused for resuming without a folder", async () => {
    await expect(eventsOf(run({}, { resume: true }))).rejects.toThrow(
      new ConfigError(
        "train resume: expected the directory of a run to go on with, got none; give the directory",
      ),
    );
  });

  it("is refused for a text that is too short, also where only the held-out part is", async () => {
    const model = new Gpt(smallModel, { seed: 1 });
    const short = { train: new Int32Array(8), validation: new Int32Array(9) };
    const message =
      "Windows: expected a text of at least 9 tokens, one more than a window of 8, got 8; take a longer text or a smaller context";
    const before = tf.memory().numTensors;
    await expect(eventsOf(train(model, short, smallTraining))).rejects.toThrow(
      new DataError(message),
    );
    const swapped = { train: short.validation, validation: short.train };
    const evaluating = { ...smallTraining, evaluateEvery: 1 };
    await expect(eventsOf(train(model, swapped, evaluating))).rejects.toThrow(
      new DataError(message),
    );
    expect(tf.memory().numTensors).toBe(before);
    expect(await eventsOf(train(model, swapped, { ...smallTraining, steps: 1 }))).toHaveLength(1);
  });

  it("is refused for ids that the model does not know", async () => {
    const corpus = { ...smallCorpus(), validation: Int32Array.of(7, 8) };
    const model = new Gpt(smallModel, { seed: 1 });
    await expect(eventsOf(train(model, corpus, smallTraining))).rejects.toThrow(
      new DataError(
        "train: expected ids from 0 to 7, got 8; encode the text with the tokenizer whose vocabulary the model has",
      ),
    );
  });
});
