import { expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import type { GptConfig } from "../../src/models/gpt.ts";
import type { TrainConfig } from "../../src/train/config.ts";
import { TrainingStep } from "../../src/train/step.ts";
import { engines, expectAsInTorch, readCases } from "./cases.ts";
import { gptOf } from "./gpt-of.ts";

interface Settings {
  readonly config: GptConfig;
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly weightDecay: number;
  readonly clip: number;
}

const { trace } = await readCases<Settings>("training.safetensors");

it.each(engines)(
  "on %s ten steps lose what they lose in PyTorch, and end at the same weights",
  async (engine) => {
    await useEngine(engine);
    const { settings, in: given, out } = trace!;
    const { losses, norms, ...weights } = out;
    const [steps, batch, context] = given.ids!.shape as [number, number, number];
    const config: TrainConfig = {
      ...settings,
      ...{
        steps,
        batch,
        accumulate: 1,
        learningRate: settings.rate,
        warmUp: 0,
        floor: settings.rate,
      },
      ...{ seed: 1, evaluateEvery: 0, evaluateBatches: 1, sampleEvery: 0, checkpointEvery: 0 },
    };
    const model = gptOf(settings.config, given);
    const step = new TrainingStep(model, config);
    const part = (name: string, number: number): Int32Array => {
      const size = batch * context;
      return (given[name]!.data as Int32Array).slice(number * size, (number + 1) * size);
    };
    for (let number = 0; number < steps; number++) {
      const tokens = { x: part("ids", number), y: part("targets", number) };
      if (number === 0) await step.ready(tokens);
      const { loss, gradientNorm } = await step.run([tokens], {
        step: number + 1,
        rate: settings.rate,
      });
      expect(Math.abs(loss - Number(losses!.data[number]))).toBeLessThanOrEqual(1e-4);
      const norm = Number(norms!.data[number]);
      expect(norm).toBeGreaterThan(settings.clip); // clipping has something to do
      expect(Math.abs(gradientNorm - norm) / norm).toBeLessThanOrEqual(1e-4);
    }
    expectAsInTorch(model.variables, weights);
    step.dispose();
    model.dispose();
  },
);
