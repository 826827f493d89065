/**
 * A small Transformer of which parts can be left out: what each is worth shows when it is missing.
 *
 *     ids ─ embed + positions ─→ stream ─ attention ─ feed-forward ─ … ─→ norm ─→ · embeddingᵀ ─→ logits
 *
 * With all of its parts it is GPT-2's form: norm before each part, a last norm, a tied head; no biases, no dropout.
 *
 * Axes:    B batch, T positions, C channels, V vocabulary, L layers, H heads
 * Source:  Radford et al. (2019), "Language Models are Unsupervised Multitask Learners", section 2.3
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { selfAttention, type AttentionWeights } from "../nn/attention.ts";
import { embed } from "../nn/embedding.ts";
import { feedForward, type FeedForwardWeights } from "../nn/feed-forward.ts";
import { layerNorm, type NormWeights } from "../nn/layer-norm.ts";
import { makeWeights, normal, ones } from "../nn/weights.ts";
import { crossEntropyEach } from "../ops/cross-entropy.ts";

/** Sizes, and which parts there are; every part is there by default. */
export interface PartialConfig {
  /** V */
  readonly vocabulary: number;
  /** T */
  readonly context: number;
  /** L */
  readonly layers: number;
  /** H, a divisor of C. */
  readonly heads: number;
  /** C */
  readonly channels: number;
  /** A learned table, added to the tokens (the default), or queries and keys that are turned. */
  readonly positions?: "learned" | "rotary" | "none";
  readonly attention?: boolean;
  readonly feedForward?: boolean;
  /** Is what a part makes added to the stream? Without it the part's output replaces the stream. */
  readonly residual?: boolean;
  /** Default: before each part, and once more at the end. */
  readonly norm?: "before" | "after" | "none";
}

/** The weights of the parts that there are. */
export interface PartialWeights {
  /** (V, C) */
  readonly tokens: tf.Tensor2D;
  /** (T, C) */
  readonly positions: tf.Tensor2D | undefined;
  readonly layers: readonly {
    readonly norm1: NormWeights | undefined;
    readonly attention: AttentionWeights | undefined;
    readonly norm2: NormWeights | undefined;
    readonly feedForward: FeedForwardWeights | undefined;
  }[];
  readonly norm: NormWeights | undefined;
}

/** What one may look at, or change, on the way. */
export interface Probe {
  /** The stream before each layer, and after the last; what it returns goes on. */
  readonly stream?: (x: tf.Tensor3D, layer: number) => tf.Tensor3D;
  /** The attention weights (B, H, T, T) of a layer; `tf.keep` those that shall stay. */
  readonly attention?: (weights: tf.Tensor4D, layer: number) => unknown;
}

/** The first weights: normal numbers with deviation 1/√inputs, so that a product keeps the size of its input. */
export function partialWeights(
  config: PartialConfig,
  { seed }: { readonly seed: number },
): PartialWeights {
  const { vocabulary: V, context: T, channels: C } = config;
  const { positions = "learned", attention = true, feedForward = true, norm = "before" } = config;
  const linear = (inputs: number, outputs: number) => ({
    weight: normal([inputs, outputs], 1 / Math.sqrt(inputs)),
  });
  const gains = { gain: ones([C]) };
  const normed = norm !== "none";
  const layer = {
    norm1: attention && normed ? gains : undefined,
    attention: attention ? { qkv: linear(C, 3 * C), out: linear(C, C) } : undefined,
    norm2: feedForward && normed ? gains : undefined,
    feedForward: feedForward ? { up: linear(C, 4 * C), down: linear(4 * C, C) } : undefined,
  };
  return makeWeights(
    {
      tokens: normal([V, C], 1 / Math.sqrt(C)),
      positions: positions === "learned" ? normal([T, C], 1 / Math.sqrt(C)) : undefined,
      layers: Array.from({ length: config.layers }, () => layer),
      norm: norm === "before" ? gains : undefined,
    },
    { seed },
  );
}

/** The logits of the token after each position: ids (B, T) of int32 -> (B·T, V). */
export function partialLogits(
  ids: tf.Tensor2D,
  weights: PartialWeights,
  config: PartialConfig,
  probe: Probe = {},
): tf.Tensor2D {
  const { heads, positions: kind, residual = true, norm = "before" } = config;
  const stream = probe.stream ?? ((x: tf.Tensor3D) => x);
  return tf.tidy(() => {
    const places: tf.Tensor1D = tf.range(0, ids.shape[1], 1, "int32");
    const positions = kind === "rotary" ? places : undefined;
    const words = embed(ids, weights.tokens); // (B, T, C)
    let x: tf.Tensor3D = weights.positions ? tf.add(words, weights.positions) : words;
    const part = (gains: NormWeights | undefined, work: (x: tf.Tensor3D) => tf.Tensor3D): void => {
      const made = work(gains && norm === "before" ? layerNorm(x, gains) : x);
      const added: tf.Tensor3D = residual ? tf.add(x, made) : made;
      x = gains && norm === "after" ? layerNorm(added, gains) : added; // (B, T, C)
    };
    for (const [place, layer] of weights.layers.entries()) {
      const { attention, feedForward: wide } = layer;
      x = stream(x, place);
      if (attention) {
        part(layer.norm1, (input) => {
          const { output, weights: looks } = selfAttention(input, attention, { heads, positions });
          probe.attention?.(looks, place);
          return output;
        });
      }
      if (wide) part(layer.norm2, (input) => feedForward(input, wide));
    }
    x = stream(x, weights.layers.length);
    const last = weights.norm ? layerNorm(x, weights.norm) : x;
    const rows: tf.Tensor2D = tf.reshape(last, [-1, config.channels]);
    return tf.matMul(rows, weights.tokens, false, true); // (B·T, V)
  });
}

/** The loss of each position in nats: ids and the tokens that follow, both (B, T) of int32 -> (B·T). */
export function partialLosses(
  ids: tf.Tensor2D,
  targets: tf.Tensor2D,
  weights: PartialWeights,
  config: PartialConfig,
): tf.Tensor1D {
  return tf.tidy(() =>
    crossEntropyEach(partialLogits(ids, weights, config), tf.reshape(targets, [-1])),
  );
}
