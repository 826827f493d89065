/**
 * A small GPT and a novel: what chapters 12 and 13 train, and what their experiments measure.
 *
 * Tokens are single characters, so that spelling has to be learned too. The last tenth of the book is held out.
 *
 * Axes:    B batch, T positions, C channels
 * Source:  https://github.com/karpathy/nanoGPT, README, whose model of characters this follows
 * Chapter: notebooks/12-gpt.ipynb
 */
import { mobyDickText } from "../../datasets/moby-dick/chapters.ts";
import { splitCorpus } from "../data/split.ts";
import { gptPresets, type GptPreset } from "../models/gpt-presets.ts";
import { CharacterTokenizer } from "../text/characters.ts";
import type { TrainConfig } from "../train/config.ts";

/** A text in ids, in two parts. */
export interface Book {
  readonly tokenizer: CharacterTokenizer;
  /** Characters of both parts. */
  readonly length: number;
  /** The first nine tenths. */
  readonly train: Int32Array;
  /** The last tenth. */
  readonly validation: Int32Array;
}

/** Moby-Dick, or another text, as ids of its characters. */
export function bookByCharacters(text: string = mobyDickText()): Book {
  const tokenizer = new CharacterTokenizer(text);
  const ids = Int32Array.from(tokenizer.encode(text));
  return { tokenizer, length: ids.length, ...splitCorpus(ids, { heldOut: 0.1 }) };
}

/** Two layers of 64 channels that see 64 characters, with 1/√C as deviation. */
export const smallGpt: GptPreset = {
  ...gptPresets.tiny,
  context: 64,
  heads: 4,
  channels: 64,
  deviation: 1 / 8,
};

export interface SmallTrainingOptions {
  readonly seed: number;
  /** Default: 1,500. */
  readonly steps?: number;
}

/** How it is trained in a short time: B = 16, and a rate that only so small a model stands. */
export function smallTraining({ seed, steps = 1500 }: SmallTrainingOptions): TrainConfig {
  return {
    steps,
    batch: 16,
    accumulate: 1,
    learningRate: 6e-3,
    warmUp: 50,
    floor: 6e-4,
    beta1: 0.9,
    beta2: 0.99,
    weightDecay: 0.1,
    clip: 1,
    seed,
    evaluateEvery: 100,
    evaluateBatches: 20,
    sampleEvery: 0,
    checkpointEvery: 0,
  };
}
