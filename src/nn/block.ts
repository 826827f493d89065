/**
 * A block of a Transformer: attention brings together, the feed-forward part works on it, and both add to a stream that
 * runs past them.
 *
 *     norm before (GPT-2):  x + part(norm(x))        norm after (GPT-1):  norm(x + part(x))
 *
 * Axes:    B batch, T positions, C channels
 * Source:  Radford et al. (2019), "Language Models are Unsupervised Multitask Learners", section 2.3;
 *          Vaswani et al. (2017), section 3.1, https://arxiv.org/abs/1706.03762
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { AttentionWeights } from "./attention.ts";
import { keepAll, type Drop } from "./dropout.ts";
import { feedForward, type Activation, type FeedForwardWeights } from "./feed-forward.ts";
import { gelu } from "./gelu.ts";
import { layerNorm, type NormWeights } from "./layer-norm.ts";

/** The weights of a block. */
export interface BlockWeights {
  readonly norm1: NormWeights;
  readonly attention: AttentionWeights;
  readonly norm2: NormWeights;
  readonly feedForward: FeedForwardWeights;
}

/** What positions learned from each other: output (B, T, C), and what else one wants to see of it. */
export type Exchange = tf.TensorContainerObject & { readonly output: tf.Tensor3D };

/** How a block works. */
export interface BlockOptions<E extends Exchange> {
  /** x (B, T, C) -> output (B, T, C) and whatever else of it one wants to see: attention, plain or with a cache. */
  readonly attention: (x: tf.Tensor3D) => E;
  /** Where the norm stands. Default: before each part. */
  readonly norm?: "before" | "after";
  /** Default: `gelu`. */
  readonly activation?: Activation;
  /** Drops of what each part adds. Default: nothing. */
  readonly drop?: Drop;
}

/**
 * Attention, then feed-forward, each added to the stream: x (B, T, C) -> output (B, T, C).
 *
 * What `attention` returned beside its output comes back with it: the weights of the heads. Throws as its parts do.
 */
export function block<E extends Exchange>(
  x: tf.Tensor3D,
  { norm1, norm2, feedForward: wide }: BlockWeights,
  { attention, norm = "before", activation = gelu, drop = keepAll }: BlockOptions<E>,
): E {
  const add = (part: tf.Tensor3D, to: tf.Tensor3D): tf.Tensor3D => tf.add(to, drop(part));
  const think = (h: tf.Tensor3D): tf.Tensor3D => feedForward(h, wide, { activation });
  const run = (): E => {
    if (norm === "before") {
      const told = attention(layerNorm(x, norm1));
      const h = add(told.output, x);
      return { ...told, output: add(think(layerNorm(h, norm2)), h) };
    }
    const told = attention(x);
    const h = layerNorm(add(told.output, x), norm1);
    return { ...told, output: layerNorm(add(think(h), h), norm2) };
  };
  return tf.tidy(run);
}
