/**
 * The loss on fixed batches, of the text that is learned from and of the text that is held out.
 *
 * The same windows at every evaluation, so that two of them differ by what was learned between them and by nothing else.
 * Nothing is dropped.
 *
 * Source:  https://github.com/karpathy/nanoGPT, train.py, `estimate_loss`
 * Chapter: notebooks/13-pre-training.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { breathe } from "../core/interrupt.ts";
import type { Corpus } from "../data/split.ts";
import { Windows, type Batch } from "../data/windows.ts";
import { compile, type Compiled } from "../jit/compile.ts";
import type { Gpt } from "../models/gpt.ts";
import type { TrainConfig } from "./config.ts";

/** Nats per token, the means of all batches. */
export interface Losses {
  readonly trainLoss: number;
  readonly validationLoss: number;
}

/** Evaluations read windows from this random word on; training comes never so far. */
const FIRST_WORD = 2 ** 40;

/** The compiled evaluation of a model. */
export class Evaluation {
  readonly #model: Gpt;
  readonly #corpus: Corpus;
  readonly #config: TrainConfig;
  readonly #loss: Compiled<[tf.Tensor2D, tf.Tensor2D], tf.Scalar>;

  /** Throws `DataError` for a text shorter than a window, the held-out one where there are evaluations. */
  constructor(model: Gpt, corpus: Corpus, config: TrainConfig) {
    this.#model = model;
    this.#corpus = corpus;
    this.#config = config;
    this.#windows("train");
    if (config.evaluateEvery > 0) this.#windows("validation");
    this.#loss = compile((x, y) => model.loss(x, y));
  }

  /** Builds the graph. */
  async ready(): Promise<void> {
    const tensors = this.#tensors(this.#windows("train").next());
    await this.#loss.ready(...tensors).finally(() => tf.dispose(tensors));
  }

  /** Reads all batches; undefined when the signal came meanwhile. Throws `Interrupted` after Stop. */
  async run({ signal }: { readonly signal?: AbortSignal } = {}): Promise<Losses | undefined> {
    const means: number[] = [];
    for (const part of ["train", "validation"] as const) {
      const windows = this.#windows(part);
      let sum = 0;
      for (let batch = 0; batch < this.#config.evaluateBatches; batch++) {
        sum += this.#lossOf(windows.next());
        await breathe();
        if (signal?.aborted === true) return undefined;
      }
      means.push(sum / this.#config.evaluateBatches);
    }
    return { trainLoss: means[0]!, validationLoss: means[1]! };
  }

  /** Nats per token on one fixed batch of the text that is learned from: are these weights sound? */
  probe(): number {
    return this.#lossOf(this.#windows("train").next());
  }

  /** Frees the graph. */
  dispose(): void {
    this.#loss.dispose();
  }

  #windows(part: keyof Corpus): Windows {
    const { batch, seed } = this.#config;
    const { context } = this.#model.config;
    const windows = new Windows(this.#corpus[part], { batch, context, seed });
    windows.position = FIRST_WORD;
    return windows;
  }

  #lossOf(batch: Batch): number {
    const tensors = this.#tensors(batch);
    const loss = this.#loss(...tensors);
    const [value] = loss.dataSync();
    tf.dispose([...tensors, loss]);
    return value!;
  }

  #tensors({ x, y }: Batch): [tf.Tensor2D, tf.Tensor2D] {
    const shape: [number, number] = [this.#config.batch, this.#model.config.context];
    return [tf.tensor2d(x, shape, "int32"), tf.tensor2d(y, shape, "int32")];
  }
}
