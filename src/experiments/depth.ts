/**
 * What does depth buy? One wide hidden layer against three narrow ones with as many numbers to learn.
 *
 * Two arms of a spiral lie in each other; a network learns which arm a point belongs to. The wide network has
 * 2·90 + 90 + 90 + 1 = 361 numbers, the deep one 2·12 + 12 + 2·(12·12 + 12) + 12 + 1 = 361. Everything else is the same.
 *
 * Axes:    N points, I and O numbers into and out of a layer
 * Source:  Lang and Witbrock (1988), "Learning to tell two spirals apart"; the question: Ba and Caruana (2014),
 *          "Do deep nets really need to be deep?", https://arxiv.org/abs/1312.6184
 * Chapter: notebooks/03-learning.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { useEngine } from "../backend/engine.ts";
import { breathe } from "../core/interrupt.ts";
import { Random } from "../core/random.ts";
import { compile } from "../jit/compile.ts";
import { makeWeights, normal, zeros, type Initial, type Weights } from "../nn/weights.ts";
import { AdamW } from "../ops/adamw.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";

/** Points with their arm, 0 or 1. */
export interface Spirals {
  readonly points: readonly (readonly [number, number])[];
  readonly arms: readonly number[];
}

/** How often each arm goes around, and the deviation of a point from its place on it; the arms reach to 2. */
const TURNS = 2.5;
const NOISE = 0.04;

/** `count` points, by turns of one arm and the other, even along the area rather than the arm. */
export function spirals({
  count,
  seed,
}: {
  readonly count: number;
  readonly seed: number;
}): Spirals {
  const random = new Random(seed);
  const noise = (): number =>
    NOISE *
    Math.sqrt(-2 * Math.log(1 - random.uniform())) *
    Math.cos(2 * Math.PI * random.uniform());
  const arms = Array.from({ length: count }, (_, i) => i % 2);
  const points = arms.map((arm): readonly [number, number] => {
    const along = Math.sqrt(random.uniform());
    const angle = (2 * along * TURNS + arm) * Math.PI;
    return [2 * along * Math.cos(angle) + noise(), 2 * along * Math.sin(angle) + noise()];
  });
  return { points, arms };
}

/** (I, O) and (O). */
interface Layer {
  readonly weight: Initial<tf.Rank.R2>;
  readonly bias: Initial<tf.Rank.R1>;
}

/** One layer: what its matrix and its bias begin as. */
function layer(I: number, O: number): Layer {
  return { weight: normal([I, O], 1 / Math.sqrt(I)), bias: zeros([O]) };
}

/** The weights of a network of tensors, layer by layer. */
export type TensorNetwork = Weights<readonly Layer[]>;

/** A network of tensors with tanh between its layers, such as [2, 90, 1]. Its variables are yours to dispose. */
export function tensorNetwork(
  sizes: readonly number[],
  { seed }: { readonly seed: number },
): TensorNetwork {
  return makeWeights(
    sizes.slice(1).map((size, i) => layer(sizes[i]!, size)),
    { seed },
  );
}

/** The scores of the last layer: (N, I) -> (N), above 0 for arm 1. */
export function scores(x: tf.Tensor2D, network: TensorNetwork): tf.Tensor1D {
  return tf.tidy(() => {
    let h = x; // (N, I)
    network.forEach(({ weight, bias }, depth) => {
      const sums: tf.Tensor2D = tf.add(tf.matMul(h, weight), bias); // (N, O)
      h = depth < network.length - 1 ? tf.tanh(sums) : sums;
    });
    return tf.squeeze<tf.Tensor1D>(h, [1]);
  });
}

/** The share of points whose arm the network says. */
export function armAccuracy({ points, arms }: Spirals, network: TensorNetwork): number {
  return tf.tidy(() => {
    const said = scores(tf.tensor2d(points as [number, number][]), network).dataSync();
    return arms.filter((arm, i) => said[i]! > 0 === (arm === 1)).length / arms.length;
  });
}

/** After so many steps both networks are asked for the first time. */
const EARLY = 200;

/** After so many steps they are asked again, and the training ends. */
const STEPS = 2000;
const EVERY = 50;

export interface DepthStep {
  readonly step: number;
  /** Share of held-out points whose arm is said. */
  readonly heldOut: number;
}

/** Trains a network on all of `seen` at every step; an event every 50 steps. */
export async function* learnArms(
  network: TensorNetwork,
  { seen, heldOut }: { readonly seen: Spirals; readonly heldOut: Spirals },
  {
    rate = 0.03,
    signal,
  }: { readonly rate?: number; readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<DepthStep, void> {
  const variables = network.flatMap(({ weight, bias }) => [weight, bias]);
  const optimizer = new AdamW(variables, { rate, weightDecay: 0 });
  const x = tf.tensor2d(seen.points as [number, number][]);
  const y = tf.tensor1d(seen.arms as number[]);
  const step = compile((points: tf.Tensor2D, arms: tf.Tensor1D) => {
    const loss = (): tf.Scalar => tf.losses.sigmoidCrossEntropy(arms, scores(points, network));
    const { value, grads } = tf.variableGrads(loss, variables);
    optimizer.apply(grads);
    return value;
  });
  try {
    await step.ready(x, y);
    for (let done = 1; done <= STEPS; done++) {
      signal?.throwIfAborted();
      step(x, y).dispose();
      if (done % EVERY === 0) yield { step: done, heldOut: armAccuracy(heldOut, network) };
      await breathe();
    }
  } finally {
    step.dispose();
    optimizer.dispose();
    tf.dispose([x, y]);
  }
}

/** One hidden layer: 361 numbers. */
export const WIDE: readonly number[] = [2, 90, 1];

/** Three hidden layers: 361 numbers. */
export const DEEP: readonly number[] = [2, 12, 12, 12, 1];

/** Points of the course's task: 500 seen, 1,000 held out. */
export function spiralTask({ seed }: { readonly seed: number }): {
  readonly seen: Spirals;
  readonly heldOut: Spirals;
} {
  const { points, arms } = spirals({ count: 1500, seed });
  return {
    seen: { points: points.slice(0, 500), arms: arms.slice(0, 500) },
    heldOut: { points: points.slice(500), arms: arms.slice(500) },
  };
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  if (!tf.getBackend()) await useEngine();
  const task = spiralTask({ seed });
  const values: Record<string, number> = {};
  for (const [name, sizes] of Object.entries({ wide: WIDE, deep: DEEP })) {
    const network = tensorNetwork(sizes, { seed });
    try {
      for await (const { step, heldOut } of learnArms(network, task, { signal })) {
        if (step === EARLY) values[`${name}Early`] = heldOut;
        if (step === STEPS) values[`${name}Late`] = heldOut;
      }
    } finally {
      tf.dispose(network as unknown as tf.TensorContainer);
    }
    onProgress?.(name === "wide" ? 0.5 : 1);
  }
  return { ...values, headStart: values["deepEarly"]! - values["wideEarly"]! };
}

const share = { unit: "of 1", rate: true } as const;

/** The seed draws the points and the first weights. */
export const experiment: Experiment = {
  name: "depth",
  chapter: "03",
  seconds: 2,
  values: {
    wideEarly: { says: "held-out points that one wide layer says after 200 steps", ...share },
    wideLate: { says: "held-out points that one wide layer says after 2,000 steps", ...share },
    deepEarly: { says: "held-out points that three narrow layers say after 200 steps", ...share },
    deepLate: { says: "held-out points that three narrow layers say after 2,000 steps", ...share },
    headStart: {
      says: "how much larger the share of the three layers is than the other, after 200 steps",
      unit: "of 1",
    },
  },
  run,
};
