/**
 * AdamW against plain gradient descent, each at the best rate of its own.
 *
 *     plain   w ← w − rate · gradient
 *
 * Both get the same first weights, the same windows, the same shape of schedule, and no clipping.
 *
 * Source:  Zhang et al. (2020), "Why are Adaptive Methods Good for Attention Models?", https://arxiv.org/abs/1912.03194
 * Chapter: notebooks/13-pre-training.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { useEngine } from "../backend/engine.ts";
import { breathe } from "../core/interrupt.ts";
import { Windows } from "../data/windows.ts";
import { compile } from "../jit/compile.ts";
import { Gpt } from "../models/gpt.ts";
import { AdamW } from "../ops/adamw.ts";
import { learningRate } from "../train/schedule.ts";
import { bookByCharacters, smallGpt, type Book } from "./book-gpt.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";

/** Updates of each run, windows of a batch, and batches of an evaluation. */
export const OPTIMIZER_STEPS = 100;
const B = 16;
const HELD_OUT_BATCHES = 20;

/** The rates that are tried, a factor of about three apart; for each the best lies inside. */
export const triedRates = {
  plain: [0.03, 0.1, 0.3, 1],
  adamw: [1e-3, 3e-3, 1e-2, 3e-2],
} as const;

/** What changes the weights. */
export type OptimizerName = keyof typeof triedRates;

export interface OptimizerRun {
  readonly optimizer: OptimizerName;
  readonly rate: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** The loss on held-out text after 100 steps, in nats per token; a run that explodes counts as knowing nothing, ln V. */
export async function lossWith(
  book: Book,
  { optimizer, rate, seed, signal }: OptimizerRun,
): Promise<number> {
  const { vocabulary } = book.tokenizer;
  const model = new Gpt({ ...smallGpt, vocabulary }, { seed });
  const variables = Object.values(model.variables);
  const adam = optimizer === "adamw" ? new AdamW(variables, { rate, beta2: 0.99 }) : undefined;
  const step = compile((x: tf.Tensor2D, y: tf.Tensor2D, now: tf.Scalar) => {
    const { value, grads } = tf.variableGrads(() => model.loss(x, y), variables);
    if (adam) adam.apply(grads, now);
    else for (const w of variables) w.assign(tf.sub(w, tf.mul(now, grads[w.name] as tf.Tensor)));
    return value;
  });
  const judge = compile((x: tf.Tensor2D, y: tf.Tensor2D) => model.loss(x, y));
  const { context: T } = smallGpt;
  const shape = { peak: rate, warmUp: 20, steps: OPTIMIZER_STEPS, floor: rate / 10 };
  try {
    const windows = new Windows(book.train, { batch: B, context: T, seed });
    for (let n = 1; n <= OPTIMIZER_STEPS; n++) {
      signal?.throwIfAborted();
      const now = learningRate(n, shape);
      const [x, y] = tensors(windows);
      if (n === 1) await step.ready(x, y, now);
      tf.dispose([step(x, y, now), x, y]);
      await breathe();
    }
    const held = new Windows(book.validation, { batch: B, context: T, seed: 0 });
    let sum = 0;
    for (let n = 0; n < HELD_OUT_BATCHES; n++) {
      const [x, y] = tensors(held);
      if (n === 0) await judge.ready(x, y);
      const loss = judge(x, y);
      sum += loss.dataSync()[0] ?? NaN;
      tf.dispose([loss, x, y]);
    }
    const mean = sum / HELD_OUT_BATCHES;
    return Number.isFinite(mean) ? Math.min(mean, Math.log(vocabulary)) : Math.log(vocabulary);
  } finally {
    for (const one of [step, judge, model]) one.dispose();
    adam?.dispose();
  }
}

/** The next windows as tensors, (B, T) each. */
function tensors(windows: Windows): readonly [tf.Tensor2D, tf.Tensor2D] {
  const { x, y } = windows.next();
  const shape: [number, number] = [B, smallGpt.context];
  return [tf.tensor2d(x, shape, "int32"), tf.tensor2d(y, shape, "int32")];
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  const book = bookByCharacters();
  const best = { plain: Infinity, adamw: Infinity };
  let done = 0;
  for (const optimizer of ["plain", "adamw"] as const) {
    for (const rate of triedRates[optimizer]) {
      const loss = await lossWith(book, { optimizer, rate, seed, signal });
      best[optimizer] = Math.min(best[optimizer], loss);
      onProgress?.(++done / (triedRates.plain.length + triedRates.adamw.length));
    }
  }
  return best;
}

/** The small GPT trains for 100 steps of Moby-Dick at four rates with each optimizer. */
export const experiment: Experiment = {
  name: "optimizers",
  chapter: "13",
  seconds: 8,
  values: {
    plain: {
      says: "loss on held-out text by plain gradient descent, at the best of four rates",
      unit: "nats per token",
    },
    adamw: {
      says: "loss on held-out text by AdamW, at the best of four rates",
      unit: "nats per token",
    },
  },
  run,
};
