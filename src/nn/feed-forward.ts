/**
 * The feed-forward part of a block: each position thinks for itself about what attention brought it.
 *
 *     y = activation(x W₁ + b₁) W₂ + b₂, four times as wide in the middle
 *
 * Axes:    B batch, T positions, C channels, F = 4C channels in the middle
 * Source:  Vaswani et al. (2017), section 3.3, https://arxiv.org/abs/1706.03762
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { gelu } from "./gelu.ts";
import { linear, type LinearWeights } from "./linear.ts";

/** The weights of the feed-forward part. */
export interface FeedForwardWeights {
  /** (C, F) */
  readonly up: LinearWeights;
  /** (F, C) */
  readonly down: LinearWeights;
}

/** The bend between two linear layers: any shape, the same shape. */
export type Activation = <X extends tf.Tensor>(x: X) => X;

/** Each position on its own: (B, T, C) -> (B, T, C). `activation` is `gelu` by default. Throws as `linear` does. */
export function feedForward(
  x: tf.Tensor3D,
  { up, down }: FeedForwardWeights,
  { activation = gelu }: { readonly activation?: Activation } = {},
): tf.Tensor3D {
  return tf.tidy(() => {
    const wide = activation(linear(x, up)); // (B, T, F)
    return linear(wide, down); // (B, T, C)
  });
}
