/**
 * Sizes of GPTs that have a name: small ones to train here, and those of the papers.
 *
 * Source:  https://github.com/karpathy/nanoGPT, README, for the Shakespeare presets;
 *          Radford et al. (2018), section 4.1, for GPT-1; Radford et al. (2019), table 2, for GPT-2
 * Chapter: notebooks/12-gpt.ipynb
 */
import type { GptConfig } from "./gpt.ts";

/** All of a config but the vocabulary, which the tokenizer has. */
export type GptPreset = Omit<GptConfig, "vocabulary">;

const nano = {
  positions: "learned",
  norm: "before",
  activation: "gelu",
  bias: false,
  deviation: 0.02,
} as const;

const paper = { ...nano, activation: "gelu-tanh", bias: true, dropout: 0.1 } as const;

export type GptPresetName =
  | "tiny"
  | "nano-shakespeare"
  | "shakespeare"
  | "gpt1"
  | "gpt2"
  | "gpt2-medium"
  | "gpt2-large"
  | "gpt2-xl";

/** The presets by name. */
export const gptPresets: Readonly<Record<GptPresetName, GptPreset>> = {
  /** 1/√C as deviation: a small model learns sooner. */
  tiny: { ...nano, context: 32, layers: 2, heads: 2, channels: 32, dropout: 0, deviation: 0.18 },
  "nano-shakespeare": { ...nano, context: 64, layers: 4, heads: 4, channels: 128, dropout: 0 },
  shakespeare: { ...nano, context: 256, layers: 6, heads: 6, channels: 384, dropout: 0.2 },
  gpt1: { ...paper, context: 512, layers: 12, heads: 12, channels: 768, norm: "after" },
  gpt2: { ...paper, context: 1024, layers: 12, heads: 12, channels: 768 },
  "gpt2-medium": { ...paper, context: 1024, layers: 24, heads: 16, channels: 1024 },
  "gpt2-large": { ...paper, context: 1024, layers: 36, heads: 20, channels: 1280 },
  "gpt2-xl": { ...paper, context: 1024, layers: 48, heads: 25, channels: 1600 },
};
