/**
 * Where does the norm stand? After each part, as in GPT-1, or before it and once more at the end, as in GPT-2.
 *
 * Both are trained from the same first weights on the same characters, shallow and deep, at several rates, with the
 * full rate from the first step on.
 *
 * Source:  Radford et al. (2019), section 2.3; Xiong et al. (2020), "On Layer Normalization in the Transformer
 *          Architecture", section 4, https://arxiv.org/abs/2002.04745
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { useEngine } from "../backend/engine.ts";
import { namedWeights } from "../nn/weights.ts";
import { bookText, windows, type BookText, type TextBatch } from "./book-batches.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { partialLosses, partialWeights } from "./partial-transformer.ts";
import { trainSmall, type SmallStep } from "./small-training.ts";

/** The learning rates that are compared: the first and the last of them in `experiment`. */
export const rates: readonly number[] = [1e-3, 3e-3, 1e-2];
/** The depths that are compared, in layers. */
export const depths = { shallow: 2, deep: 8 };

const sizes = { context: 32, heads: 4, channels: 32 };
/** Losses of the last steps of which the final loss is the mean. */
const [BATCH, STEPS, LAST] = [8, 150, 20];

export interface NormPlace {
  readonly norm: "before" | "after";
  /** L */
  readonly layers: number;
  readonly rate: number;
  readonly seed: number;
  /** Steps until the full rate; 1 is none. Default: 1. */
  readonly warmUp?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Trains one model, one event a step. */
export async function* trainNormPlace(
  { vocabulary, read }: BookText,
  { norm, layers, rate, seed, warmUp = 1, signal }: NormPlace,
): AsyncGenerator<SmallStep, void> {
  const config = { ...sizes, vocabulary, norm, layers };
  const weights = partialWeights(config, { seed });
  const variables = Object.values(namedWeights(weights));
  const loss = ({ x, y }: TextBatch): tf.Scalar => tf.mean(partialLosses(x, y, weights, config));
  const draw = windows(read, { batch: BATCH, context: sizes.context, seed });
  try {
    yield* trainSmall({ variables, loss, draw, steps: STEPS, rate, warmUp, signal });
  } finally {
    tf.dispose(variables);
  }
}

/** The loss at the end of such a training, the mean of its last steps, in nats per character. */
export async function finalLoss(text: BookText, place: NormPlace): Promise<number> {
  const losses: number[] = [];
  for await (const { loss } of trainNormPlace(text, place)) losses.push(loss);
  return losses.slice(-LAST).reduce((sum, each) => sum + each, 0) / LAST;
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  const text = bookText({ seed });
  const [low = NaN, high = NaN] = [rates.at(0), rates.at(-1)];
  let done = 0;
  /** By how much the loss is higher with the norm after. */
  const price = async (layers: number, rate: number): Promise<number> => {
    const after = await finalLoss(text, { norm: "after", layers, rate, seed, signal });
    const before = await finalLoss(text, { norm: "before", layers, rate, seed, signal });
    onProgress?.(++done / 4);
    return after - before;
  };
  return {
    shallowLow: await price(depths.shallow, low),
    shallowHigh: await price(depths.shallow, high),
    deepLow: await price(depths.deep, low),
    deepHigh: await price(depths.deep, high),
  };
}

const price = (where: string): { says: string; unit: string } => ({
  says: `by how much the loss is higher with the norm after each part, ${where}`,
  unit: "nats per character",
});

/** GPT-1's norm beside GPT-2's, at two depths and two rates. */
export const experiment: Experiment = {
  name: "norm-place",
  chapter: "09",
  seconds: 10,
  values: {
    shallowLow: price(`${depths.shallow} layers, a rate of ${rates.at(0)}`),
    shallowHigh: price(`${depths.shallow} layers, a rate of ${rates.at(-1)}`),
    deepLow: price(`${depths.deep} layers, a rate of ${rates.at(0)}`),
    deepHigh: price(`${depths.deep} layers, a rate of ${rates.at(-1)}`),
  },
  run,
};
