/**
 * What is each part of a Transformer worth? The same small model is trained seven times, each time without something.
 *
 * All see the same characters of Moby-Dick in the same order, for the same number of steps. A model without a part also
 * has fewer weights; `positions and attention alone` is what a popular saying leaves of a Transformer.
 *
 * Source:  Vaswani et al. (2017), table 3 (variations of the Transformer), https://arxiv.org/abs/1706.03762
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { useEngine } from "../backend/engine.ts";
import { compile } from "../jit/compile.ts";
import { namedWeights } from "../nn/weights.ts";
import { bookText, windows, type BookText, type TextBatch } from "./book-batches.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { partialLosses, partialWeights, type PartialConfig } from "./partial-transformer.ts";
import { trainSmall, type SmallStep } from "./small-training.ts";

/** A model by what it lacks. */
export type Variant =
  | "whole"
  | "no positions"
  | "no attention"
  | "no feed-forward"
  | "no residual"
  | "no norm"
  | "positions and attention alone";

/** What is left out, by name. */
export const variants: Readonly<Record<Variant, Partial<PartialConfig>>> = {
  whole: {},
  "no positions": { positions: "none" },
  "no attention": { attention: false },
  "no feed-forward": { feedForward: false },
  "no residual": { residual: false },
  "no norm": { norm: "none" },
  "positions and attention alone": { feedForward: false, residual: false, norm: "none" },
};

const sizes = { context: 32, layers: 2, heads: 4, channels: 48 };
const [BATCH, STEPS, RATE] = [12, 800, 5e-3];
/** Batches of held-out text that the final loss is the mean of. */
const TESTS = 40;

/** A model in training: events of its steps, then its loss on text that was held out. */
export interface VariantTraining {
  readonly steps: () => AsyncGenerator<SmallStep, void>;
  /** Nats per character. */
  readonly heldOutLoss: () => Promise<number>;
  readonly dispose: () => void;
}

/** Makes one of the variants for a text, with its weights at their first values. */
export function variantTraining(
  name: Variant,
  text: BookText,
  { seed, signal }: { readonly seed: number; readonly signal?: AbortSignal | undefined },
): VariantTraining {
  const config = { ...sizes, ...variants[name], vocabulary: text.vocabulary };
  const weights = partialWeights(config, { seed });
  const variables = Object.values(namedWeights(weights));
  const loss = ({ x, y }: TextBatch): tf.Scalar => tf.mean(partialLosses(x, y, weights, config));
  const shape = { batch: BATCH, context: sizes.context };
  return {
    steps: () => {
      const draw = windows(text.read, { ...shape, seed });
      return trainSmall({ variables, loss, draw, steps: STEPS, rate: RATE, signal });
    },
    heldOutLoss: () => meanLoss(loss, windows(text.held, { ...shape, seed })),
    dispose: () => tf.dispose(variables),
  };
}

async function meanLoss(
  loss: (batch: TextBatch) => tf.Scalar,
  draw: () => TextBatch,
): Promise<number> {
  const measure = compile(loss);
  let sum = 0;
  for (let test = 0; test < TESTS; test++) {
    const batch = draw();
    if (test === 0) await measure.ready(batch);
    const value = measure(batch);
    sum += value.dataSync()[0] as number;
    tf.dispose([value, batch.x, batch.y]);
  }
  measure.dispose();
  return sum / TESTS;
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  const text = bookText({ seed });
  const names = Object.keys(variants) as Variant[];
  const losses = new Map<Variant, number>();
  for (const [place, name] of names.entries()) {
    const training = variantTraining(name, text, { seed, signal });
    for await (const { step } of training.steps()) {
      onProgress?.((place + step / STEPS) / names.length);
    }
    losses.set(name, await training.heldOutLoss());
    training.dispose();
  }
  const price = (name: Variant): number => losses.get(name)! - losses.get("whole")!;
  return {
    whole: losses.get("whole")!,
    positions: price("no positions"),
    attention: price("no attention"),
    feedForward: price("no feed-forward"),
    residual: price("no residual"),
    norm: price("no norm"),
    alone: price("positions and attention alone"),
  };
}

const price = (what: string): { says: string; unit: string } => ({
  says: `by how much the loss is higher ${what}`,
  unit: "nats per character",
});

/** Seven models of the same size but for a missing part, on characters of Moby-Dick. */
export const experiment: Experiment = {
  name: "block-parts",
  chapter: "09",
  seconds: 15,
  values: {
    whole: {
      says: "the loss of the whole model on chapters that it has not read",
      unit: "nats per character",
    },
    positions: price("without positions"),
    attention: price("without attention"),
    feedForward: price("without the feed-forward part"),
    residual: price("without residual connections"),
    norm: price("without normalization"),
    alone: price("with positions and attention alone"),
  },
  run,
};
