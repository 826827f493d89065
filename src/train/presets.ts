/**
 * Runs that have a name: a model, how it is trained, and what it reads, characters or byte pairs.
 *
 * The two of Shakespeare have nanoGPT's settings; evaluations of `shakespeare` read 20 batches instead of 200, for a
 * CPU. Those of the papers' sizes have the papers' schedules and betas, but small batches and rates to match: what a
 * computer without a graphics card can bear. The papers' batches, 64 windows for GPT-1 and 512 for GPT-2, come back with
 * `accumulate`.
 *
 * Source:  https://github.com/karpathy/nanoGPT, README ("I only have a macbook") and config/train_shakespeare_char.py;
 *          Radford et al. (2018), section 4.1; nanoGPT's config/train_gpt2.py for GPT-2, whose paper tells little
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { gptPresets, type GptPreset, type GptPresetName } from "../models/gpt-presets.ts";
import type { TrainConfig } from "./config.ts";

/** A run by name: all but the text and the vocabulary that comes from it. */
export interface TrainPreset {
  readonly model: GptPreset;
  readonly training: TrainConfig;
  /** What the text is cut into unless another tokenizer is asked for. */
  readonly tokenizer: "characters" | "gpt2";
  /** One line for a list. */
  readonly summary: string;
}

const nano: TrainConfig = {
  steps: 2000,
  batch: 12,
  accumulate: 1,
  learningRate: 1e-3,
  warmUp: 100,
  floor: 1e-4,
  beta1: 0.9,
  beta2: 0.99,
  weightDecay: 0.1,
  clip: 1,
  seed: 1,
  evaluateEvery: 250,
  evaluateBatches: 20,
  sampleEvery: 500,
  checkpointEvery: 250,
};

const gpt2: TrainConfig = {
  ...nano,
  steps: 100_000,
  batch: 4,
  learningRate: 3e-4,
  warmUp: 2000,
  floor: 3e-5,
  beta2: 0.95,
  evaluateEvery: 500,
  evaluateBatches: 10,
};

/** The presets by name, as those of the models. */
export const trainPresets: Readonly<Record<GptPresetName, TrainPreset>> = {
  tiny: {
    model: gptPresets.tiny,
    training: {
      ...nano,
      steps: 1000,
      batch: 32,
      learningRate: 1e-2,
      floor: 1e-3,
      sampleEvery: 250,
    },
    tokenizer: "characters",
    summary: "half a minute: spelling",
  },
  "nano-shakespeare": {
    model: gptPresets["nano-shakespeare"],
    training: nano,
    tokenizer: "characters",
    summary: "minutes on a CPU: words and verse, as nanoGPT on a laptop",
  },
  shakespeare: {
    model: gptPresets.shakespeare,
    training: { ...nano, steps: 5000, batch: 64 },
    tokenizer: "characters",
    summary: "many hours on a CPU: nanoGPT's Shakespeare",
  },
  gpt1: {
    model: gptPresets.gpt1,
    training: { ...gpt2, learningRate: 2.5e-4, floor: 0, beta2: 0.999, weightDecay: 0.01 },
    tokenizer: "gpt2",
    summary: "GPT-1's size, with GPT-2's tokens",
  },
  gpt2: {
    model: gptPresets.gpt2,
    training: gpt2,
    tokenizer: "gpt2",
    summary: "GPT-2's size, small",
  },
  "gpt2-medium": {
    model: gptPresets["gpt2-medium"],
    training: { ...gpt2, batch: 2, learningRate: 1.5e-4, floor: 1.5e-5 },
    tokenizer: "gpt2",
    summary: "GPT-2's size, medium",
  },
  "gpt2-large": {
    model: gptPresets["gpt2-large"],
    training: { ...gpt2, batch: 1, learningRate: 1.25e-4, floor: 1.25e-5 },
    tokenizer: "gpt2",
    summary: "GPT-2's size, large",
  },
  "gpt2-xl": {
    model: gptPresets["gpt2-xl"],
    training: { ...gpt2, batch: 1, learningRate: 1e-4, floor: 1e-5 },
    tokenizer: "gpt2",
    summary: "GPT-2's size, the largest",
  },
};

/** The names of the presets, the smallest first. */
export const trainPresetNames: readonly GptPresetName[] = Object.keys(
  trainPresets,
) as GptPresetName[];
