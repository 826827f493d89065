import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { Windows, type Batch } from "../../src/data/windows.ts";
import { Gpt, type GptConfig } from "../../src/models/gpt.ts";
import type { TrainConfig } from "../../src/train/config.ts";
import { clipped, globalNorm, TrainingStep, type StepResult } from "../../src/train/step.ts";
import { smallCorpus, smallModel, smallTraining } from "./small-run.ts";

beforeAll(() => useEngine("tensorflow"));

interface Trained {
  readonly results: readonly StepResult[];
  readonly weights: readonly number[];
}

/** Weights after steps of a few batches each, of one long stream. */
async function trained(
  config: Partial<TrainConfig>,
  { steps = 2, model: changed = {} }: { steps?: number; model?: Partial<GptConfig> } = {},
): Promise<Trained> {
  const whole = { ...smallTraining, ...config };
  const model = new Gpt({ ...smallModel, ...changed }, { seed: 1 });
  const training = new TrainingStep(model, whole);
  const { batch, accumulate } = whole;
  const windows = new Windows(smallCorpus().train, { batch, context: 8, seed: 2 });
  const { position } = windows;
  await training.ready(windows.next());
  windows.position = position;
  const results: StepResult[] = [];
  for (let step = 1; step <= steps; step++) {
    const batches = Array.from({ length: accumulate }, (): Batch => windows.next());
    results.push(await training.run(batches, { step, rate: 1e-2 }));
  }
  const weights = Object.values(model.variables).flatMap((each) => Array.from(each.dataSync()));
  training.dispose();
  model.dispose();
  return { results, weights };
}

function farthest(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((each, i) => Math.abs(each - b[i]!)));
}

describe("a step", () => {
  it("of three batches is the step of one batch three times as large", async () => {
    const whole = await trained({ batch: 12 }, { steps: 3 });
    const parts = await trained({ batch: 4, accumulate: 3 }, { steps: 3 });
    parts.results.forEach(({ loss, gradientNorm }, i) => {
      expect(loss).toBeCloseTo(whole.results[i]!.loss, 5);
      expect(gradientNorm).toBeCloseTo(whole.results[i]!.gradientNorm, 4);
    });
    // AdamW moves a weight by about the rate, 0.01, whatever its gradient: rounding is far below.
    expect(farthest(parts.weights, whole.weights)).toBeLessThan(2e-4);
    const other = await trained({ batch: 4 }, { steps: 3 });
    expect(farthest(other.weights, whole.weights)).toBeGreaterThan(2e-3);
  });

  it("does the same again with the same seed, to the last bit, dropout included", async () => {
    const model = { dropout: 0.3 };
    const [one, two] = [await trained({}, { model }), await trained({}, { model })];
    expect(two).toEqual(one);
    expect((await trained({ seed: 2 }, { model })).weights).not.toEqual(one.weights);
  });

  it("drops other elements in each of its batches, and in each step", async () => {
    const model = new Gpt({ ...smallModel, dropout: 0.5 }, { seed: 1 });
    // Without learning, two equal batches differ by what is dropped alone.
    const config = { ...smallTraining, learningRate: 1e-30, weightDecay: 0 };
    const training = new TrainingStep(model, config);
    const windows = new Windows(smallCorpus().train, { batch: 4, context: 8, seed: 2 });
    const same = windows.next();
    const lossOf = async (batches: readonly Batch[], step: number): Promise<number> =>
      (await training.run(batches, { step, rate: 0 })).loss;
    const first = await lossOf([same], 1);
    expect(await lossOf([same], 1)).toBe(first);
    const second = await lossOf([same], 2);
    expect(second).not.toBe(first);

    const several = new TrainingStep(model, { ...config, accumulate: 2 });
    const both = await several.run([same, same], { step: 1, rate: 0 });
    expect(both.loss).toBeCloseTo((first + second) / 2, 5);
    for (const each of [training, several]) each.dispose();
    model.dispose();
  });

  it("leaves nothing behind", async () => {
    const before = tf.memory().numTensors;
    await trained({});
    await trained({ accumulate: 2 });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("gradients", () => {
  const numbersOf = (gradients: tf.NamedTensorMap): number[][] =>
    Object.values(gradients).map((each) => Array.from(each.dataSync()));

  it("have one length together, and keep their direction when they are shortened", () => {
    tf.tidy(() => {
      const gradients = { a: tf.tensor1d([3, 0]), b: tf.tensor2d([[4]]) };
      const norm = globalNorm(Object.values(gradients)); // √(9 + 16)
      expect(norm.arraySync()).toBe(5);
      const [a, b] = numbersOf(clipped(gradients, { norm, clip: 1 }));
      expect(a![0]).toBeCloseTo(0.6, 6);
      expect(b![0]).toBeCloseTo(0.8, 6);
    });
  });

  it.each([5.1, Infinity])("shorter than %d stay as they are", (clip) => {
    tf.tidy(() => {
      const gradients = { a: tf.tensor1d([3, 4]) };
      const norm = globalNorm(Object.values(gradients));
      expect(numbersOf(clipped(gradients, { norm, clip }))).toEqual([[3, 4]]);
    });
  });

  it("are clipped in the step", async () => {
    // Only the first moment shows it: AdamW itself forgives a factor. Two steps, the second gradient another one.
    const free = await trained({ clip: Infinity }, { steps: 4 });
    const tight = await trained({ clip: 0.01 }, { steps: 4 });
    expect(free.results[0]).toEqual(tight.results[0]); // the norm is that before clipping
    expect(free.results[0]!.gradientNorm).toBeGreaterThan(0.01);
    expect(farthest(free.weights, tight.weights)).toBeGreaterThan(1e-5);
  });
});
