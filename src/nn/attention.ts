/**
 * Attention: each position mixes in what other positions hold, more of what matches what it looks for.
 *
 *     attend(Q, K, V) = softmax(Q Kᵀ / √D + mask) V
 *
 * Axes:    B batch, T positions that look, S positions looked at, C channels, H heads, D = C / H channels of a head
 * Source:  Vaswani et al. (2017), section 3.2, https://arxiv.org/abs/1706.03762
 * Chapter: notebooks/08-attention.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError, ShapeError } from "../core/errors.ts";
import { keepAll, type Drop } from "./dropout.ts";
import { linear, type LinearWeights } from "./linear.ts";
import { rotate } from "./positions.ts";

/** What attention makes. */
export interface Attended {
  /** (B, H, T, D) */
  readonly mixed: tf.Tensor4D;
  /** (B, H, T, S): how much of each s goes into t; every row sums to 1. */
  readonly weights: tf.Tensor4D;
}

/** Queries, keys and values of all heads, (B, H, T, D) each. */
export interface QueryKeyValue {
  readonly q: tf.Tensor4D;
  readonly k: tf.Tensor4D;
  readonly v: tf.Tensor4D;
}

/** The weights of a layer of attention. */
export interface AttentionWeights {
  /** (C, 3C): queries, keys and values of all heads side by side. */
  readonly qkv: LinearWeights;
  /** (C, C): joins the heads. */
  readonly out: LinearWeights;
}

/** How a layer attends. */
export interface SelfAttentionOptions {
  /** H, a divisor of C. */
  readonly heads: number;
  /** Does a position see only what came before it, and itself? Default: true. */
  readonly causal?: boolean;
  /** (T) or (B, T), int32: rotary positions; without them attention does not see the order. */
  readonly positions?: tf.Tensor1D | tf.Tensor2D | undefined;
  /** Drops attention weights. Default: none. */
  readonly drop?: Drop;
}

/**
 * softmax(Q Kᵀ / √D + mask) V: q (B, H, T, D), k and v (B, H, S, D) -> mixed (B, H, T, D) and weights (B, H, T, S).
 *
 * `mask` is added to the scores: 0 where t may look at s, −10⁹ where not. Throws `ShapeError` for k or v of another shape.
 */
export function attend(
  { q, k, v }: QueryKeyValue,
  { mask, drop = keepAll }: { readonly mask?: tf.Tensor | undefined; readonly drop?: Drop } = {},
): Attended {
  const [B, H, , D] = q.shape;
  const S = k.shape[2];
  expectShape("attend k", k, [B, H, S, D]);
  expectShape("attend v", v, [B, H, S, D]);
  return tf.tidy(() => {
    const scaled: tf.Tensor4D = tf.mul(q, 1 / Math.sqrt(D)); // fewer numbers than the scores
    const scores: tf.Tensor4D = tf.matMul(scaled, k, false, true); // (B, H, T, S)
    const weights: tf.Tensor4D = tf.softmax(mask ? tf.add(scores, mask) : scores);
    const mixed: tf.Tensor4D = tf.matMul(drop(weights), v); // (B, H, T, D)
    return { mixed, weights };
  });
}

/** (T, T): 0 up to the diagonal, −10⁹ right of it, so that no position sees what comes after it. */
export function causalMask(T: number): tf.Tensor2D {
  return tf.tidy(() => tf.mul(tf.sub(1, tf.linalg.bandPart(tf.ones([T, T]), -1, 0)), -1e9));
}

/**
 * What each position looks for, offers and hands over: (B, T, C) -> three of (B, H, T, D).
 *
 * Throws `ConfigError` unless the heads divide the channels.
 */
export function queryKeyValue(
  x: tf.Tensor3D,
  weights: LinearWeights,
  { heads: H }: { readonly heads: number },
): QueryKeyValue {
  const [B, T, C] = x.shape;
  if (!Number.isInteger(C / H)) {
    throw new ConfigError(
      `queryKeyValue: expected a number of heads that divides ${C} channels, got ${H}`,
    );
  }
  return tf.tidy(() => {
    const all = tf.reshape(linear(x, weights), [B, T, 3, H, C / H]);
    const parts = tf.unstack(tf.transpose(all, [2, 0, 3, 1, 4])); // (B, H, T, D) each
    const [q, k, v] = parts as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
    return { q, k, v };
  });
}

/** The heads of a position side by side again: (B, H, T, D) -> (B, T, C). */
export function joinHeads(mixed: tf.Tensor4D): tf.Tensor3D {
  const [B, H, T, D] = mixed.shape;
  return tf.tidy(() => tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [B, T, H * D]));
}

/** A layer of self-attention: x (B, T, C) -> output (B, T, C), and its weights (B, H, T, T). Throws as its parts do. */
export function selfAttention(
  x: tf.Tensor3D,
  { qkv, out }: AttentionWeights,
  { heads, causal = true, positions, drop = keepAll }: SelfAttentionOptions,
): { readonly output: tf.Tensor3D; readonly weights: tf.Tensor4D } {
  return tf.tidy(() => {
    const { q, k, v } = queryKeyValue(x, qkv, { heads }); // (B, H, T, D) each
    const turned = positions
      ? { q: rotate(q, positions), k: rotate(k, positions), v }
      : { q, k, v };
    const mask = causal ? causalMask(x.shape[1]) : undefined; // (T, T)
    const { mixed, weights } = attend(turned, { mask, drop });
    return { output: linear(joinHeads(mixed), out), weights }; // (B, T, C)
  });
}

function expectShape(who: string, { shape }: tf.Tensor, expected: readonly number[]): void {
  if (tf.util.arraysEqual(shape, [...expected])) return;
  throw new ShapeError(
    `${who}: expected shape (${expected.join(", ")}), got (${shape.join(", ")})`,
  );
}
