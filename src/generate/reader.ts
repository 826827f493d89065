/**
 * A model that reads some texts, row by row: all of a text at first, then the one token that is new.
 *
 * Axes:    B rows, T positions of the longest text, V vocabulary
 * Source:  Shazeer (2019), "Fast Transformer Decoding", section 2.4, https://arxiv.org/abs/1911.02150
 * Chapter: notebooks/12-gpt.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { GptCache, Read } from "../models/gpt-cache.ts";
import type { GptSteps } from "./steps.ts";

/** The ids of each row that the model sees: at least one, and at most its context. */
export type Windows = readonly (readonly number[])[];

/** Texts are padded to so many positions, or twice, four times … as many, up to the context: few shapes, few graphs. */
const SHORTEST = 256;

/** Reads the same B rows as they grow; holds their cache. */
export class Reader {
  readonly #steps: GptSteps;
  readonly #cached: boolean;
  #cache: GptCache | undefined;
  #isReady = false;

  /** `cached: false` reads all of a text for each token: slow, and what the cache is tested against. */
  constructor(steps: GptSteps, { cached }: { readonly cached: boolean }) {
    this.#steps = steps;
    this.#cached = cached;
  }

  /** (B · V) The logits after the last id of each row; reads all of its ids. */
  async readAll(windows: Windows): Promise<Float32Array> {
    const { prefill, model } = this.#steps;
    const T = paddedLength(Math.max(...windows.map(({ length }) => length)), model.config.context);
    const padded = new Int32Array(windows.length * T);
    windows.forEach((window, row) => padded.set(window, row * T));
    const ids = tf.tensor2d(padded, [windows.length, T], "int32");
    const lengths = numbers(windows.map(({ length }) => length));
    try {
      await prefill.ready(ids, lengths);
      return await this.#take(prefill(ids, lengths));
    } finally {
      tf.dispose([ids, lengths]);
    }
  }

  /** (B · V) The same when each row has got one id since the last call, or none: reads that id alone. */
  async readLast(windows: Windows): Promise<Float32Array> {
    const cache = this.#cache;
    if (!cache) return this.readAll(windows);
    const { next } = this.#steps;
    const ids = numbers(windows.map((window) => window[window.length - 1] as number));
    const positions = numbers(windows.map(({ length }) => length - 1));
    try {
      if (!this.#isReady) await next.ready(ids, positions, cache);
      this.#isReady = true;
      return await this.#take(next(ids, positions, cache));
    } finally {
      tf.dispose([ids, positions]);
    }
  }

  /** Frees the cache. */
  dispose(): void {
    if (this.#cache) tf.dispose(this.#cache);
    this.#cache = undefined;
  }

  async #take({ logits, cache }: Read): Promise<Float32Array> {
    this.dispose();
    if (this.#cached) this.#cache = cache;
    else tf.dispose(cache);
    try {
      return (await logits.data()) as Float32Array;
    } finally {
      logits.dispose();
    }
  }
}

function paddedLength(length: number, context: number): number {
  let T = Math.min(SHORTEST, context);
  while (T < length) T = Math.min(2 * T, context);
  return T;
}

function numbers(values: readonly number[]): tf.Tensor1D {
  return tf.tensor1d(Int32Array.from(values), "int32");
}
