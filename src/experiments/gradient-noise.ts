/**
 * How far is the gradient of a few windows from that of many, and what does a larger batch buy?
 *
 *     noise(B) = |gradient of B windows − gradient of 512 others| / |the latter|
 *
 * The gradient of B windows is a mean of B draws, so its noise should fall like 1 / √B.
 *
 * Axes:    B windows of a batch
 * Source:  McCandlish et al. (2018), "An Empirical Model of Large-Batch Training", https://arxiv.org/abs/1812.06162
 * Chapter: notebooks/13-pre-training.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { useEngine } from "../backend/engine.ts";
import { breathe } from "../core/interrupt.ts";
import { Windows } from "../data/windows.ts";
import { compile } from "../jit/compile.ts";
import { Gpt } from "../models/gpt.ts";
import { bookByCharacters, smallGpt, smallTraining, type Book } from "./book-gpt.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { smallRun } from "./small-run.ts";

/** The batches that are compared. */
export const batches = [1, 4, 16, 64] as const;

/** Windows whose gradient counts as the true one, in batches of 64; gradients of each size that are compared with it. */
const MANY = 512;
const AT_ONCE = 64;
const DRAWS = 6;

/** Updates before the second look. */
export const NOISE_STEPS = 150;

/** By batch: the mean noise of six gradients, for the weights as they are. */
export async function gradientNoise(
  model: Gpt,
  { train }: Book,
  { seed }: { readonly seed: number },
): Promise<readonly { readonly batch: number; readonly noise: number }[]> {
  const variables = Object.values(model.variables);
  const slope = compile((x: tf.Tensor2D, y: tf.Tensor2D) => {
    const { grads } = tf.variableGrads(() => model.loss(x, y), variables);
    return tf.concat(variables.map((w) => tf.reshape(grads[w.name] as tf.Tensor, [-1])));
  });
  const { context } = model.config;
  const gradient = async (windows: Windows, batch: number): Promise<Float32Array> => {
    const { x, y } = windows.next();
    const shape: [number, number] = [batch, context];
    const read = [tf.tensor2d(x, shape, "int32"), tf.tensor2d(y, shape, "int32")] as const;
    await slope.ready(...read);
    const result = slope(...read);
    const numbers = result.dataSync<"float32">();
    tf.dispose([result, ...read]);
    await breathe();
    return numbers;
  };
  try {
    const many = new Windows(train, { batch: AT_ONCE, context, seed });
    const truth = new Float64Array(variables.reduce((sum, { size }) => sum + size, 0));
    for (let n = 0; n < MANY / AT_ONCE; n++) {
      const part = await gradient(many, AT_ONCE);
      for (let i = 0; i < truth.length; i++) truth[i]! += (part[i]! * AT_ONCE) / MANY;
    }
    const found: { batch: number; noise: number }[] = [];
    for (const batch of batches) {
      const few = new Windows(train, { batch, context, seed: seed + batch });
      let noise = 0;
      for (let n = 0; n < DRAWS; n++) noise += distance(await gradient(few, batch), truth) / DRAWS;
      found.push({ batch, noise });
    }
    return found;
  } finally {
    slope.dispose();
  }
}

/** |a − b| / |b| */
function distance(a: Float32Array, b: Float64Array): number {
  let [difference, length] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    difference += (a[i]! - b[i]!) ** 2;
    length += b[i]! ** 2;
  }
  return Math.sqrt(difference / length);
}

/** By which factor the noise falls from the smallest batch to the largest; 8 = √64 by the formula. */
export function fall(found: readonly { readonly noise: number }[]): number {
  return (found[0]?.noise ?? NaN) / (found.at(-1)?.noise ?? NaN);
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  const book = bookByCharacters();
  const { vocabulary } = book.tokenizer;
  const fresh = new Gpt({ ...smallGpt, vocabulary }, { seed });
  const atFirst = await gradientNoise(fresh, book, { seed });
  fresh.dispose();
  onProgress?.(0.3);
  const config = { ...smallTraining({ seed, steps: NOISE_STEPS }), evaluateEvery: 0 };
  const { model } = await smallRun(book, { vocabulary, config, signal });
  onProgress?.(0.7);
  const later = await gradientNoise(model, book, { seed });
  model.dispose();
  const of16 = (found: typeof later): number =>
    found.find(({ batch }) => batch === 16)?.noise ?? NaN;
  return { first16: of16(atFirst), later16: of16(later), fall: fall(later) };
}

/** Gradients of the small GPT on windows of Moby-Dick, before the first step and after 150. */
export const experiment: Experiment = {
  name: "gradient-noise",
  chapter: "13",
  seconds: 8,
  values: {
    first16: {
      says: "noise of 16 windows before the first step",
      unit: "of the gradient's length",
    },
    later16: { says: "noise of 16 windows after 150 steps", unit: "of the gradient's length" },
    fall: { says: "times less noise of 64 windows than of one", unit: "times" },
  },
  run,
};
