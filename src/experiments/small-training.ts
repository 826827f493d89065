/**
 * A short training for an experiment: one compiled step of AdamW, again and again, on batches that a function draws.
 *
 * The rate rises over the first steps and falls to zero along half a cosine, so that a short run ends calmly.
 *
 * Source:  Loshchilov and Hutter (2017), "SGDR", section 3, https://arxiv.org/abs/1608.03983
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { breathe } from "../core/interrupt.ts";
import { compile } from "../jit/compile.ts";
import { AdamW } from "../ops/adamw.ts";

/** What one step reads, by name. */
export type Batch = Readonly<Record<string, tf.Tensor>>;

export interface SmallTraining<B extends Batch> {
  /** What changes. */
  readonly variables: readonly tf.Variable[];
  /** The loss of a batch, a scalar. */
  readonly loss: (batch: B) => tf.Scalar;
  /** The next batch, always of the same shapes; its tensors are freed after the step. */
  readonly draw: () => B;
  readonly steps: number;
  /** The greatest learning rate. */
  readonly rate: number;
  /** Steps until it is reached. Default: 20. */
  readonly warmUp?: number;
  /** Rejects with its reason when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

export interface SmallStep {
  /** From 1. */
  readonly step: number;
  /** Of its batch, before the step. */
  readonly loss: number;
}

/** Trains, one event a step; the variables stay the caller's. */
export async function* trainSmall<B extends Batch>({
  variables,
  loss,
  draw,
  steps,
  rate,
  warmUp = 20,
  signal,
}: SmallTraining<B>): AsyncGenerator<SmallStep, void> {
  const optimizer = new AdamW(variables, { rate, beta2: 0.99, weightDecay: 0.1 });
  const update = compile((batch: Batch, now: tf.Scalar) => {
    const { value, grads } = tf.variableGrads(() => loss(batch as B), [...variables]);
    optimizer.apply(grads, now);
    return value;
  });
  try {
    for (let step = 1; step <= steps; step++) {
      signal?.throwIfAborted();
      const batch = draw();
      const now =
        (rate * Math.min(step / warmUp, 1) * (1 + Math.cos((Math.PI * step) / steps))) / 2;
      if (step === 1) await update.ready(batch, now);
      const value = update(batch, now);
      const [before = NaN] = value.dataSync();
      tf.dispose([value, ...Object.values(batch)]);
      yield { step, loss: before };
      await breathe();
    }
  } finally {
    update.dispose();
    optimizer.dispose();
  }
}
