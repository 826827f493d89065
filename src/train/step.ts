/**
 * One step of training as one graph: loss, gradients, their length, clipping, AdamW.
 *
 *     x, y ─→ loss ─→ gradients ─→ norm ─→ gradients · min(1, clip / norm) ─→ AdamW ─→ weights
 *
 * Where a step has several batches, their gradients are summed in variables, a graph for each batch, and a second graph
 * updates: as much memory as one batch needs, and one copy of the weights.
 *
 * Axes:    B windows, T positions
 * Source:  Pascanu, Mikolov and Bengio (2013), "On the difficulty of training recurrent neural networks", algorithm 1
 * Chapter: notebooks/13-pre-training.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { breathe } from "../core/interrupt.ts";
import type { Batch } from "../data/windows.ts";
import { compile, type Compiled } from "../jit/compile.ts";
import type { Gpt } from "../models/gpt.ts";
import { AdamW } from "../ops/adamw.ts";
import type { TrainConfig } from "./config.ts";

/** What a step measured before its update. */
export interface StepResult {
  /** Nats per token, the mean over the step's batches. */
  readonly loss: number;
  /** Length of the gradient before clipping. */
  readonly gradientNorm: number;
}

/** Which step: its number decides what is dropped. */
export interface StepOptions {
  readonly step: number;
  readonly rate: number;
}

/** Keeps the quotient finite; the same as in PyTorch's `clip_grad_norm_`. */
const TINY = 1e-6;

/** The length of all gradients together: √ Σ g². */
export function globalNorm(gradients: readonly tf.Tensor[]): tf.Scalar {
  return tf.tidy(() => tf.sqrt(tf.addN(gradients.map((g) => tf.sum(tf.square(g))))));
}

/** The gradients, each shortened by the same factor so that `norm` becomes at most `clip`. */
export function clipped(
  gradients: tf.NamedTensorMap,
  { norm, clip }: { readonly norm: tf.Scalar; readonly clip: number },
): tf.NamedTensorMap {
  if (clip === Infinity) return gradients;
  const factor = tf.minimum(1, tf.div(clip, tf.add(norm, TINY)));
  return Object.fromEntries(
    Object.entries(gradients).map(([name, g]) => [name, tf.mul(g, factor)]),
  );
}

/** The compiled step of a model; it owns the optimizer. */
export class TrainingStep {
  readonly optimizer: AdamW;
  readonly #model: Gpt;
  readonly #config: TrainConfig;
  readonly #variables: readonly tf.Variable[];
  /** Mean gradients of the step's batches so far, by the variables' names; none where a step has one batch. */
  readonly #sums: Readonly<Record<string, tf.Variable>>;
  /** (2) loss and norm */
  readonly #whole: Compiled<[tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.Scalar], tf.Tensor1D>;
  readonly #gather: Compiled<[tf.Tensor2D, tf.Tensor2D, tf.Tensor1D], tf.Scalar>;
  readonly #update: Compiled<[tf.Scalar], tf.Scalar>;

  constructor(model: Gpt, config: TrainConfig) {
    const { learningRate: rate, beta1, beta2, weightDecay, accumulate } = config;
    this.#model = model;
    this.#config = config;
    this.#variables = Object.values(model.variables);
    this.optimizer = new AdamW(this.#variables, { rate, beta1, beta2, weightDecay });
    this.#sums = Object.fromEntries(
      (accumulate > 1 ? this.#variables : []).map((each) => [
        each.name,
        tf.tidy(() => tf.variable(tf.zerosLike(each), false)),
      ]),
    );
    this.#whole = compile((x, y, seed, rate) => {
      const { value, grads } = this.#gradients(x, y, seed);
      return tf.stack([value, this.#apply(grads, rate)]) as tf.Tensor1D;
    });
    this.#gather = compile((x, y, seed) => {
      const { value, grads } = this.#gradients(x, y, seed);
      for (const [name, sum] of Object.entries(this.#sums)) {
        sum.assign(tf.add(sum, tf.div(grads[name] as tf.Tensor, accumulate)));
      }
      return value;
    });
    this.#update = compile((rate) => {
      const norm = this.#apply(this.#sums, rate);
      for (const sum of Object.values(this.#sums)) sum.assign(tf.zerosLike(sum));
      return norm;
    });
  }

  /** Builds the graphs for batches of this size; every variable stays as it is. */
  async ready(batch: Batch): Promise<void> {
    const tensors = this.#tensors(batch, 0);
    try {
      if (this.#config.accumulate === 1) await this.#whole.ready(...tensors, 0);
      else {
        await this.#gather.ready(...tensors);
        await this.#update.ready(0);
      }
    } finally {
      tf.dispose(tensors);
    }
  }

  /** Learns from `accumulate` batches. Throws `Interrupted` after Stop, between two batches; the weights are as before then. */
  async run(batches: readonly Batch[], { step, rate }: StepOptions): Promise<StepResult> {
    if (batches.length === 1) {
      const measured = this.#with(batches[0]!, step, (...tensors) => this.#whole(...tensors, rate));
      const [loss, gradientNorm] = await numbersOf(measured);
      return { loss: loss!, gradientNorm: gradientNorm! };
    }
    let loss = 0;
    for (const [place, batch] of batches.entries()) {
      // With one batch a step this is the number of the step: each batch drops other elements.
      const number = (step - 1) * batches.length + place + 1;
      const measured = this.#with(batch, number, (...tensors) => this.#gather(...tensors));
      loss += (await numbersOf(measured))[0]! / batches.length;
      await breathe();
    }
    const [gradientNorm] = await numbersOf(this.#update(rate));
    return { loss, gradientNorm: gradientNorm! };
  }

  /** Frees the graphs and what the optimizer remembers; the model stays. */
  dispose(): void {
    for (const compiled of [this.#whole, this.#gather, this.#update]) compiled.dispose();
    tf.dispose(Object.values(this.#sums));
    this.optimizer.dispose();
  }

  #gradients(
    x: tf.Tensor2D,
    y: tf.Tensor2D,
    seed: tf.Tensor1D,
  ): { value: tf.Scalar; grads: tf.NamedTensorMap } {
    return tf.variableGrads(() => this.#model.loss(x, y, { seed }), [...this.#variables]);
  }

  #apply(gradients: tf.NamedTensorMap, rate: tf.Scalar): tf.Scalar {
    const norm = globalNorm(Object.values(gradients));
    this.optimizer.apply(clipped(gradients, { norm, clip: this.#config.clip }), rate);
    return norm;
  }

  #with<R>(
    batch: Batch,
    number: number,
    work: (...tensors: [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D]) => R,
  ): R {
    const tensors = this.#tensors(batch, number);
    try {
      return work(...tensors);
    } finally {
      tf.dispose(tensors);
    }
  }

  /** x (B, T), y (B, T), and [seed of the run, number of the batch] for dropout. */
  #tensors({ x, y }: Batch, number: number): [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D] {
    const shape: [number, number] = [this.#config.batch, this.#model.config.context];
    return [
      tf.tensor2d(x, shape, "int32"),
      tf.tensor2d(y, shape, "int32"),
      tf.tensor1d([this.#config.seed | 0, number], "int32"),
    ];
  }
}

/** The numbers of a tensor, which is freed. */
async function numbersOf(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
