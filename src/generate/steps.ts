/**
 * The two steps of writing, compiled: reading the prompts, and reading one token more.
 *
 * Each is traced once for a number of rows; after that every token of every text runs the same graph, whatever its
 * position. The steps read the model's weights as they are at each call, so they go on while the model trains.
 *
 * Axes:    B rows, T positions of the prompts, V vocabulary
 * Source:  Shazeer (2019), "Fast Transformer Decoding", section 2.4, https://arxiv.org/abs/1911.02150
 * Chapter: notebooks/12-gpt.ipynb
 */
import type * as tf from "@tensorflow/tfjs";

import { compile, type Compiled } from "../jit/compile.ts";
import { next, prefill, type GptCache, type Read } from "../models/gpt-cache.ts";
import type { Gpt } from "../models/gpt.ts";

/** The compiled steps of one model; make them once where many texts are written, and `dispose` them. */
export class GptSteps {
  readonly model: Gpt;
  /** ids (B, T), lengths (B) -> logits (B, V) and a cache: `prefill` of models/gpt-cache. */
  readonly prefill: Compiled<[ids: tf.Tensor2D, lengths: tf.Tensor1D], Read>;
  /** ids (B), positions (B), cache -> logits (B, V) and the cache with one position more: `next` of models/gpt-cache. */
  readonly next: Compiled<[ids: tf.Tensor1D, positions: tf.Tensor1D, cache: GptCache], Read>;

  constructor(model: Gpt) {
    this.model = model;
    this.prefill = compile((ids: tf.Tensor2D, lengths: tf.Tensor1D) =>
      prefill(model, { ids, lengths }),
    );
    this.next = compile((ids: tf.Tensor1D, positions: tf.Tensor1D, cache: GptCache) =>
      next(model, { ids, positions, cache }),
    );
  }

  /** Frees the graphs, not the model. */
  dispose(): void {
    this.prefill.dispose();
    this.next.dispose();
  }
}
