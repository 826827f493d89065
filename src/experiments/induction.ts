/**
 * Two layers of attention learn to look back and copy; one layer of as many weights does not.
 *
 * The task is `repeatedSequences`: from the second round on the next token can be known. Both models have attention
 * alone, without the feed-forward part. The trap of this task is a control too: with one fixed period a single layer
 * is right by counting places, which has nothing to do with looking.
 *
 * Axes:    B batch, T positions, V tokens
 * Source:  Olsson et al. (2022), "In-context Learning and Induction Heads", https://arxiv.org/abs/2209.11895
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { useEngine } from "../backend/engine.ts";
import { Random } from "../core/random.ts";
import { compile } from "../jit/compile.ts";
import { namedWeights } from "../nn/weights.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { bestHead, headScores, withoutHead } from "./induction-heads.ts";
import {
  partialLogits,
  partialLosses,
  partialWeights,
  type PartialConfig,
  type PartialWeights,
} from "./partial-transformer.ts";
import { repeatedSequences } from "./repeated-sequences.ts";
import { trainSmall } from "./small-training.ts";

/** Tokens and what follows each, (B, T) of int32; 1 in `known` (B·T) where the next token can be known, else 0. */
export type RepeatedBatch = {
  readonly x: tf.Tensor2D;
  readonly y: tf.Tensor2D;
  readonly known: tf.Tensor1D;
};

/** The model that can copy. */
export const twoLayers = { layers: 2, channels: 64 };
/** The model that cannot: wider, so that it has more weights. */
export const oneLayer = { layers: 1, channels: 96 };
/** The least and the greatest period of its sequences. */
export const anyPeriod: readonly [number, number] = [6, 30];
/** One period for all: then to count places is enough. */
export const onePeriod: readonly [number, number] = [18, 18];

// Rotary: a table that is added would put places into the stream, where layer 2 can read them.
const sizes = {
  vocabulary: 32,
  context: 64,
  heads: 4,
  feedForward: false,
  positions: "rotary",
} as const;
const [BATCH, STEPS, RATE] = [32, 600, 5e-3];
/** Counting places takes fewer. */
const COUNTING_STEPS = 150;
/** Steps from one test to the next while training; sequences of such a test, and of the last one. */
const [EVERY, TESTED, LAST] = [10, 64, 256];

/** A training step; at some also the accuracy on new sequences, of all next tokens that can be known. */
export interface CopyStep {
  readonly step: number;
  readonly accuracy?: number;
}

export interface Copier {
  readonly config: PartialConfig;
  readonly weights: PartialWeights;
  readonly variables: readonly tf.Variable[];
}

/** A model of attention alone, with its weights at their first values; `tf.dispose(copier.variables)` frees it. */
export function copier(
  shape: { readonly layers: number; readonly channels: number },
  { seed }: { readonly seed: number },
): Copier {
  const config = { ...sizes, ...shape };
  const weights = partialWeights(config, { seed });
  return { config, weights, variables: Object.values(namedWeights(weights)) };
}

/** What the sequences are, and when to end early. */
export interface CopyOptions {
  /** Default: `anyPeriod`. */
  readonly periods?: readonly [number, number];
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** Trains it on sequences of such periods, fewer steps where there is one period only; tests it every tenth step. */
export async function* trainCopier(
  { config, weights, variables }: Copier,
  { periods = anyPeriod, seed, signal }: CopyOptions,
): AsyncGenerator<CopyStep, void> {
  const random = new Random(seed);
  const steps = periods[0] === periods[1] ? COUNTING_STEPS : STEPS;
  const draw = (): RepeatedBatch => repeatedBatch(random, { batch: BATCH, periods });
  const loss = ({ x, y, known }: RepeatedBatch): tf.Scalar =>
    tf.div(tf.sum(tf.mul(partialLosses(x, y, weights, config), known)), tf.sum(known));
  const test = compile((batch: RepeatedBatch) => copyAccuracy(batch, weights, config));
  const unseen = repeatedBatch(new Random(seed + 2 ** 32), { batch: TESTED, periods });
  try {
    await test.ready(unseen);
    const training = { variables, loss, draw, steps, rate: RATE, signal };
    for await (const { step } of trainSmall(training)) {
      yield step % EVERY === 0 ? { step, accuracy: valueOf(test(unseen)) } : { step };
    }
  } finally {
    tf.dispose(Object.values(unseen));
    test.dispose();
  }
}

/** Sequences as tensors. */
export function repeatedBatch(
  random: Random,
  { batch: B, periods }: { readonly batch: number; readonly periods: readonly [number, number] },
): RepeatedBatch {
  const { vocabulary, context: T } = sizes;
  const drawn = repeatedSequences(random, { batch: B, context: T, vocabulary, periods });
  const known = Float32Array.from(drawn.x, (_, i) =>
    i % T >= drawn.periods[Math.floor(i / T)]! ? 1 : 0,
  );
  return {
    x: tf.tensor2d(drawn.x, [B, T], "int32"),
    y: tf.tensor2d(drawn.y, [B, T], "int32"),
    known: tf.tensor1d(known),
  };
}

/** The share of known next tokens that the model ranks first. */
export function copyAccuracy(
  { x, y, known }: RepeatedBatch,
  weights: PartialWeights,
  config: PartialConfig,
): tf.Scalar {
  return tf.tidy(() => {
    const guess = tf.argMax(partialLogits(x, weights, config), 1); // (B·T)
    const right = tf.cast(tf.equal(guess, tf.reshape(y, [-1])), "float32");
    return tf.div(tf.sum(tf.mul(right, known)), tf.sum(known));
  });
}

function valueOf(scalar: tf.Scalar): number {
  const [value = NaN] = scalar.dataSync();
  scalar.dispose();
  return value;
}

/** The accuracy on many new sequences; `weights` may be others than the model's own, such as `withoutHead` makes. */
export function finalAccuracy(
  { config, weights: own }: Copier,
  { periods = anyPeriod, seed, weights = own }: CopyOptions & { readonly weights?: PartialWeights },
): number {
  const batch = repeatedBatch(new Random(seed + 2 ** 33), { batch: LAST, periods });
  const accuracy = valueOf(copyAccuracy(batch, weights, config));
  tf.dispose(Object.values(batch));
  return accuracy;
}

/** The accuracy that is left when a head is silent. */
export function accuracyWithout(
  model: Copier,
  head: { readonly layer: number; readonly head: number },
  { seed }: { readonly seed: number },
): number {
  const weights = withoutHead(model.weights, model.config, head);
  const accuracy = finalAccuracy(model, { seed, weights });
  weights.layers[head.layer]?.attention?.out.weight.dispose();
  return accuracy;
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  let done = 0;
  const trained = async (
    shape: { readonly layers: number; readonly channels: number },
    periods: readonly [number, number],
  ): Promise<{ model: Copier; accuracy: number; jump: number }> => {
    const model = copier(shape, { seed });
    let jump = STEPS;
    for await (const { step, accuracy = 0 } of trainCopier(model, { periods, seed, signal })) {
      if (accuracy > 0.5) jump = Math.min(jump, step);
      onProgress?.(++done / (2 * STEPS + COUNTING_STEPS));
    }
    return { model, jump, accuracy: finalAccuracy(model, { periods, seed }) };
  };
  const two = await trained(twoLayers, anyPeriod);
  const one = await trained(oneLayer, anyPeriod);
  const counting = await trained(oneLayer, onePeriod);
  const scores = headScores(two.model.weights, two.model.config, { periods: anyPeriod, seed });
  const first = scores.filter(({ layer }) => layer === 0);
  const lower = bestHead(first, "previous");
  const upper = bestHead(scores, "induction");
  const values = {
    two: two.accuracy,
    jump: two.jump,
    one: one.accuracy,
    counting: counting.accuracy,
    countingElsewhere: finalAccuracy(counting.model, { seed }),
    previous: lower.previous,
    induction: upper.induction,
    upperLayer: upper.layer + 1,
    withoutPrevious: accuracyWithout(two.model, lower, { seed }),
    withoutInduction: accuracyWithout(two.model, upper, { seed }),
  };
  tf.dispose([two, one, counting].flatMap(({ model }) => [...model.variables]));
  return values;
}

const share = (says: string): { says: string; unit: string; rate: true } => ({
  says,
  unit: "of 1",
  rate: true,
});

/** Two layers, one layer, and one layer in the trap. */
export const experiment: Experiment = {
  name: "induction",
  chapter: "09",
  seconds: 15,
  values: {
    two: share("known next tokens that two layers get right, on new sequences"),
    jump: { says: "the first test at which two layers get half of them right", unit: "steps" },
    one: share("known next tokens that one layer gets right"),
    counting: share("the same for one layer that saw one period only, on sequences of that period"),
    countingElsewhere: share("the same layer on sequences of other periods"),
    previous: share("how much the best head of the first layer looks one place back"),
    induction: share("how much the best head looks behind the last time that the token occurred"),
    upperLayer: { says: "the layer in which that best head lies, counted from 1", unit: "layer" },
    withoutPrevious: share("what two layers get right when the first of these heads is silent"),
    withoutInduction: share("what two layers get right when the second of them is silent"),
  },
  run,
};
