/**
 * How a model is trained: numbers of steps, sizes of batches, the optimizer's settings, and how often to report.
 *
 * Axes:    B batch, T positions
 * Source:  https://github.com/karpathy/nanoGPT, train.py, for what can be set
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { expectNotNegative, expectPositive, expectWhole } from "../core/number-range.ts";

/** All settings of a run; with the same settings, model and text it ends with the same weights. */
export interface TrainConfig {
  /** Updates of the weights, all together. */
  readonly steps: number;
  /** B, windows that are read at once. */
  readonly batch: number;
  /** Batches whose gradients are averaged for one update: B · accumulate windows a step in the memory of B. */
  readonly accumulate: number;
  /** The rate after the warm-up. */
  readonly learningRate: number;
  /** Steps in which the rate rises in a straight line. */
  readonly warmUp: number;
  /** The rate at the last step. */
  readonly floor: number;
  /** AdamW's β₁, from 0 up to but not 1. */
  readonly beta1: number;
  /** AdamW's β₂, from 0 up to but not 1. */
  readonly beta2: number;
  /** AdamW's λ, for weights with more than one axis. */
  readonly weightDecay: number;
  /** The largest gradient norm: a longer gradient is shortened to it. Infinity: none is. */
  readonly clip: number;
  /** Which windows are read and what is dropped: a whole number from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** Steps between two evaluations; 0: none. */
  readonly evaluateEvery: number;
  /** Batches of each text that an evaluation reads. */
  readonly evaluateBatches: number;
  /** Steps between two samples, where a function is given that writes one; 0: none. */
  readonly sampleEvery: number;
  /** Steps between two checkpoints, where a folder is given; 0: one at the end. */
  readonly checkpointEvery: number;
}

/** Settings that change what is reported, never what is learned: a resumed run may have others. */
export const reportSettings: readonly (keyof TrainConfig)[] = [
  "evaluateEvery",
  "evaluateBatches",
  "sampleEvery",
  "checkpointEvery",
];

/** Throws `ConfigError` for a setting out of range. */
export function expectTrainConfig(config: TrainConfig): void {
  for (const name of ["steps", "batch", "accumulate", "evaluateBatches"] as const) {
    expectWhole(`train ${name}`, config[name], 1);
  }
  for (const name of ["warmUp", "seed", "evaluateEvery", "sampleEvery", "checkpointEvery"] as const)
    expectWhole(`train ${name}`, config[name], 0);
  expectPositive("train learningRate", config.learningRate);
  expectNotNegative("train floor", config.floor);
  expectNotNegative("train weightDecay", config.weightDecay);
  if (config.floor > config.learningRate) {
    throw new ConfigError(
      `train floor: expected at most the learning rate ${config.learningRate}, got ${config.floor}; a tenth of it is usual`,
    );
  }
  for (const name of ["beta1", "beta2"] as const) {
    if (config[name] >= 0 && config[name] < 1) continue;
    throw new ConfigError(
      `train ${name}: expected a number from 0 up to but not 1, got ${config[name]}`,
    );
  }
  if (config.clip > 0) return;
  throw new ConfigError(
    `train clip: expected a number above 0, got ${config.clip}; Infinity clips nothing`,
  );
}
