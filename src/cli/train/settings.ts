/**
 * `--set key=value`: every setting of a model and of its training, with its kind, its range and what it means.
 *
 * Source:  https://github.com/karpathy/nanoGPT/blob/master/configurator.py, which does this for Python's variables
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { ConfigError } from "../../core/errors.ts";
import { nearSpellings } from "../../core/spelling.ts";
import type { GptPreset } from "../../models/gpt-presets.ts";
import type { TrainConfig } from "../../train/config.ts";

/** All that can be set. */
export interface Settings {
  readonly model: GptPreset;
  readonly training: TrainConfig;
}

/** One key. */
export interface Setting {
  readonly about: string;
  /** What a value is, in words: "a whole number from 1". */
  readonly expected: string;
  /** The value of a text; undefined for a text that is none. */
  readonly read: (text: string) => Value | undefined;
}

/** What a key may have. */
export type Value = number | string | boolean;

/** A key with the value that was given. */
export type Given = readonly [key: string, value: Value];

function whole(least: number, about: string): Setting {
  return {
    about,
    expected: `a whole number from ${least}`,
    read: (text) => {
      const number = Number(text);
      const isWhole = /^\d+(e\d+)?$/i.test(text) && Number.isSafeInteger(number);
      return isWhole && number >= least ? number : undefined;
    },
  };
}

interface Range {
  readonly expected: string;
  readonly holds: (number: number) => boolean;
}

const positive: Range = { expected: "a number above 0", holds: (x) => x > 0 && x < Infinity };
const notNegative: Range = {
  expected: "0 or a number above it",
  holds: (x) => x >= 0 && x < Infinity,
};
const share: Range = { expected: "a number from 0 up to but not 1", holds: (x) => x >= 0 && x < 1 };
const limit: Range = { expected: "a number above 0, or Infinity for none", holds: (x) => x > 0 };

function number({ expected, holds }: Range, about: string): Setting {
  return {
    about,
    expected,
    read: (text) => {
      const value = text.trim() === "" ? NaN : Number(text);
      return holds(value) ? value : undefined;
    },
  };
}

function choice(options: Readonly<Record<string, Value>>, about: string): Setting {
  const names = Object.keys(options);
  return {
    about,
    expected: `${names.slice(0, -1).join(", ")} or ${names.at(-1)!}`,
    read: (text) => (names.includes(text) ? options[text] : undefined),
  };
}

/** What a model is made of; its vocabulary comes from the tokenizer. */
export const modelSettings: Readonly<Record<keyof GptPreset, Setting>> = {
  context: whole(1, "the most tokens it reads at once"),
  layers: whole(1, "blocks, one after the other"),
  heads: whole(1, "heads of each attention, a divisor of channels"),
  channels: whole(1, "numbers for each token"),
  positions: choice(same("learned", "sinusoids", "rotary"), "how it knows where a token stands"),
  norm: choice(same("before", "after"), "before each part as in GPT-2, or after it as in GPT-1"),
  activation: choice(same("gelu", "gelu-tanh"), "the bend between the two linear layers"),
  bias: choice({ true: true, false: false }, "whether linear layers and norms add a constant"),
  dropout: number(share, "the share that is dropped while training"),
  deviation: number(positive, "how far the first weights spread"),
};

/** How it is trained. */
export const trainingSettings: Readonly<Record<keyof TrainConfig, Setting>> = {
  steps: whole(1, "updates of the weights; also --steps"),
  batch: whole(1, "windows that are read at once"),
  accumulate: whole(1, "batches for one update"),
  learningRate: number(positive, "the rate after the warm-up"),
  warmUp: whole(0, "steps in which the rate rises"),
  floor: number(notNegative, "the rate at the last step"),
  beta1: number(share, "AdamW's, for the mean of the gradients"),
  beta2: number(share, "AdamW's, for the mean of their squares"),
  weightDecay: number(notNegative, "AdamW's, for matrices"),
  clip: number(limit, "the largest length of a gradient"),
  seed: whole(0, "first weights, windows, dropout, samples; also --seed"),
  evaluateEvery: whole(0, "steps between two evaluations; 0: none"),
  evaluateBatches: whole(1, "batches of each text that an evaluation reads"),
  sampleEvery: whole(0, "steps between two samples; 0: none"),
  checkpointEvery: whole(0, "steps between two checkpoints; 0: one at the end"),
};

const all: Readonly<Record<string, Setting>> = { ...modelSettings, ...trainingSettings };

/** Reads the value of a key; `option` is how it was given, "--set batch" or "--steps". Throws `ConfigError` for one out of range. */
export function readSetting(
  key: string,
  { option, text }: { option: string; text: string },
): Given {
  const setting = all[key]!;
  const value = setting.read(text);
  if (value !== undefined) return [key, value];
  throw new ConfigError(
    `glassbox train ${option}: expected ${setting.expected}, got "${text}"; it is ${setting.about}`,
  );
}

/** Reads key=value. Throws `ConfigError` for another form, a key that is none, and a value out of range. */
export function readPair(pair: string): Given {
  const cut = pair.indexOf("=");
  if (cut < 1) {
    throw new ConfigError(
      `glassbox train --set: expected key=value, such as batch=16, got "${pair}"`,
    );
  }
  const key = pair.slice(0, cut);
  if (!Object.hasOwn(all, key)) throw unknownKey(key);
  return readSetting(key, { option: `--set ${key}`, text: pair.slice(cut + 1) });
}

function unknownKey(key: string): ConfigError {
  if (key === "vocabulary") {
    return new ConfigError(
      "glassbox train --set vocabulary: expected a key that can be set, got the vocabulary, which is the tokenizer's; choose another by --tokenizer",
    );
  }
  const near = nearSpellings(key, Object.keys(all));
  const help =
    near.length > 0
      ? `did you mean ${near.join(" or ")}?`
      : `the keys are ${Object.keys(all).join(", ")}`;
  return new ConfigError(`glassbox train --set: expected a key, got "${key}"; ${help}`);
}

/** The settings with those that were given in place of the others. */
export function changed({ model, training }: Settings, given: readonly Given[]): Settings {
  const ofModel = given.filter(([key]) => key in modelSettings);
  const ofTraining = given.filter(([key]) => key in trainingSettings);
  return {
    model: { ...model, ...(Object.fromEntries(ofModel) as Partial<GptPreset>) },
    training: { ...training, ...(Object.fromEntries(ofTraining) as Partial<TrainConfig>) },
  };
}

function same(...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]));
}
