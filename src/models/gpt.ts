/**
 * GPT: reads tokens and says, at each position, how likely every token is to come next.
 *
 *     ids ─ embed ─→ stream ─ block ─ … ─ block ─ norm ─→ · embeddingᵀ ─→ logits
 *
 * - the table that turns tokens into vectors also turns vectors into logits (a tied head)
 * - positions: a learned table (GPT-1, GPT-2), waves (the first Transformer), or turned queries and keys (rotary)
 * - norm before each part (GPT-2) or after it (GPT-1)
 * - every first value of every weight stands in one table, `firstValues`
 *
 * Axes:    B batch, T positions, C channels, V vocabulary, L layers, H heads
 * Source:  Radford et al. (2019), "Language Models are Unsupervised Multitask Learners", section 2.3
 * Chapter: notebooks/12-gpt.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError, ShapeError } from "../core/errors.ts";
import { selfAttention } from "../nn/attention.ts";
import { block, type BlockWeights, type Exchange } from "../nn/block.ts";
import { dropping, keepAll, type Drop } from "../nn/dropout.ts";
import { embed } from "../nn/embedding.ts";
import { gelu, geluTanh } from "../nn/gelu.ts";
import { layerNorm, type NormWeights } from "../nn/layer-norm.ts";
import { sinusoids } from "../nn/positions.ts";
import { makeWeights, namedWeights, normal, ones, zeros } from "../nn/weights.ts";
import { crossEntropy } from "../ops/cross-entropy.ts";

/** What a GPT is made of. */
export interface GptConfig {
  /** V, tokens it knows. */
  readonly vocabulary: number;
  /** The most tokens it reads at once. */
  readonly context: number;
  /** L */
  readonly layers: number;
  /** H, a divisor of the channels. */
  readonly heads: number;
  /** C */
  readonly channels: number;
  readonly positions: "learned" | "sinusoids" | "rotary";
  /** Before each part as in GPT-2, or after it as in GPT-1. */
  readonly norm: "before" | "after";
  readonly activation: "gelu" | "gelu-tanh";
  /** Do linear layers and norms add a constant? */
  readonly bias: boolean;
  /** The share that is dropped while training, from 0 up to but not 1. */
  readonly dropout: number;
  /** Deviation of the first weights: 0.02 in GPT-2; about 1/√C lets small models learn sooner. */
  readonly deviation: number;
}

/** Every weight of a GPT. */
export interface GptWeights {
  /** (V, C) */
  readonly tokens: tf.Tensor2D;
  /** (context, C), where positions are learned. */
  readonly positions: tf.Tensor2D | undefined;
  readonly blocks: readonly BlockWeights[];
  /** Where the norm comes before each part, the last one after all blocks. */
  readonly norm: NormWeights | undefined;
}

/** For dropout: [seed of the run, step], (2) of int32; without it nothing is dropped. */
export interface ForwardOptions {
  readonly seed?: tf.Tensor1D;
}

/** What every weight begins as: the one place where first values stand. */
function firstValues(config: GptConfig) {
  const {
    vocabulary: V,
    context,
    layers: L,
    channels: C,
    positions,
    norm,
    bias,
    deviation,
  } = config;
  const constants = (length: number) => (bias ? zeros([length]) : undefined);
  const linear = (inputs: number, outputs: number, spread: number) => ({
    weight: normal([inputs, outputs], spread),
    bias: constants(outputs),
  });
  const gains = { gain: ones([C]), bias: constants(C) };
  // 2 L parts add to the stream: smaller by √(2 L) each, all together add about as much as one would (GPT-2, 2.3).
  const added = deviation / Math.sqrt(2 * L);
  const layer = {
    norm1: gains,
    attention: { qkv: linear(C, 3 * C, deviation), out: linear(C, C, added) },
    norm2: gains,
    feedForward: { up: linear(C, 4 * C, deviation), down: linear(4 * C, C, added) },
  };
  return {
    tokens: normal([V, C], deviation),
    positions: positions === "learned" ? normal([context, C], deviation) : undefined,
    blocks: Array.from({ length: L }, () => layer),
    // After the last part that adds to the stream; where the norm comes after each part, it already has.
    norm: norm === "before" ? gains : undefined,
  };
}

/** A GPT with its weights. */
export class Gpt {
  readonly config: GptConfig;
  readonly weights: GptWeights;
  /** The same weights by path: "blocks.0.attention.qkv.weight". */
  readonly variables: Readonly<Record<string, tf.Variable>>;

  /** Weights at their first values; the same seed gives the same. Throws `ConfigError` for a config out of range. */
  constructor(config: GptConfig, { seed }: { readonly seed: number }) {
    expectConfig(config);
    this.config = config;
    this.weights = makeWeights(firstValues(config), { seed });
    this.variables = namedWeights(this.weights);
  }

  /**
   * The logits of the token after each position: ids (B, T) of int32 -> (B, T, V).
   *
   * Throws `ShapeError` for more positions than the context, `ConfigError` for ids that are not int32.
   */
  forward(ids: tf.Tensor2D, { seed }: ForwardOptions = {}): tf.Tensor3D {
    return tf.tidy(() => this.#read(ids, seed).logits);
  }

  /** The logits (B, T, V), and what each layer looked at: the weights (B, H, T, T) of its heads. Throws as `forward`. */
  inspect(ids: tf.Tensor2D): { readonly logits: tf.Tensor3D; readonly attention: tf.Tensor4D[] } {
    return tf.tidy(() => this.#read(ids));
  }

  /** The mean loss in nats per token of ids and what came after each, both (B, T); drops by a seed alone. Throws as `forward`. */
  loss(ids: tf.Tensor2D, targets: tf.Tensor2D, options: ForwardOptions = {}): tf.Scalar {
    if (!tf.util.arraysEqual(ids.shape, targets.shape)) {
      throw new ShapeError(
        `Gpt.loss: expected targets of shape (${ids.shape.join(", ")}) as the ids, got (${targets.shape.join(", ")})`,
      );
    }
    const N = ids.size;
    return tf.tidy(() => {
      const logits = this.forward(ids, options); // (B, T, V)
      return crossEntropy(
        tf.reshape(logits, [N, this.config.vocabulary]),
        tf.reshape(targets, [N]),
      );
    });
  }

  /** Frees the weights. */
  dispose(): void {
    tf.dispose(Object.values(this.variables));
  }

  #read(
    ids: tf.Tensor2D,
    seed?: tf.Tensor1D,
  ): { readonly logits: tf.Tensor3D; readonly attention: tf.Tensor4D[] } {
    const { weights, config } = this;
    const { heads, dropout: rate } = config;
    const drop = seed && rate > 0 ? dropping({ rate, seed }) : keepAll;
    const places: tf.Tensor1D = tf.range(0, ids.shape[1], 1, "int32"); // (T)
    const positions = config.positions === "rotary" ? places : undefined;
    const { output, layers } = transform(weights, config, {
      ids,
      positions: places,
      attention: (x, layer) =>
        selfAttention(x, weights.blocks[layer]!.attention, { heads, positions, drop }),
      drop,
    });
    return {
      logits: logitsOf(weights, output),
      attention: layers.map((layer) => layer.weights), // (B, H, T, T) each
    };
  }
}

/** What goes through a GPT. */
export interface Passage<E extends Exchange> {
  /** (B, T) of int32 */
  readonly ids: tf.Tensor2D;
  /** Where each column stands in the text, (T), or (B, T) where rows stand at different places; int32. */
  readonly positions: tf.Tensor1D | tf.Tensor2D;
  /** What positions of a layer learn from each other: x (B, T, C) -> output (B, T, C), and what else is wanted of it. */
  readonly attention: (x: tf.Tensor3D, layer: number) => E;
  /** Default: nothing is dropped. */
  readonly drop?: Drop;
}

/**
 * Embedding, blocks and the last norm: ids (B, T) -> output (B, T, C). Reading at once and token by token share it.
 *
 * `layers` has what `attention` returned for each. Throws `ShapeError` for more positions than the context, and as its
 * parts do.
 */
export function transform<E extends Exchange>(
  weights: GptWeights,
  config: GptConfig,
  { ids, positions, attention, drop = keepAll }: Passage<E>,
): { readonly output: tf.Tensor3D; readonly layers: readonly E[] } {
  const { context, norm } = config;
  if (ids.shape[1] > context) {
    throw new ShapeError(
      `Gpt: expected at most ${context} positions, got ids of shape (${ids.shape.join(", ")}); cut the text`,
    );
  }
  const activation = config.activation === "gelu" ? gelu : geluTanh;
  const run = (): { output: tf.Tensor3D; layers: E[] } => {
    const places = placesOf(weights, config, positions);
    const words = embed(ids, weights.tokens); // (B, T, C)
    let h = drop(places ? tf.add<tf.Tensor3D>(words, places) : words);
    const layers = weights.blocks.map((each, layer) => {
      const made = block(h, each, {
        attention: (x) => attention(x, layer),
        norm,
        activation,
        drop,
      });
      h = made.output; // (B, T, C)
      return made;
    });
    return { output: weights.norm ? layerNorm(h, weights.norm) : h, layers };
  };
  return tf.tidy(run);
}

/** h · embeddingᵀ: (B, T, C) -> (B, T, V). */
export function logitsOf(weights: GptWeights, h: tf.Tensor3D): tf.Tensor3D {
  const [B, T, C] = h.shape;
  const V = weights.tokens.shape[0];
  return tf.tidy(() => {
    const rows: tf.Tensor2D = tf.reshape(h, [B * T, C]);
    return tf.reshape(tf.matMul(rows, weights.tokens, false, true), [B, T, V]);
  });
}

/** What is added to the tokens for their places, (T, C) or (B, T, C); nothing where attention turns queries and keys. */
function placesOf(
  { positions: table }: GptWeights,
  { positions: kind, context, channels }: GptConfig,
  at: tf.Tensor1D | tf.Tensor2D,
): tf.Tensor | undefined {
  if (kind === "rotary") return undefined;
  return tf.gather(table ?? sinusoids(context, channels), at);
}

/** How many weights a GPT has, by part. */
export type ParameterCount = Readonly<
  Record<"tokens" | "positions" | "attention" | "feedForward" | "norms" | "total", number>
>;

/** Counts the weights of a config without making them. Throws `ConfigError` for a config out of range. */
export function parameterCount(config: GptConfig): ParameterCount {
  expectConfig(config);
  const { tokens, positions, blocks, norm } = firstValues(config);
  const attention = sum(blocks.map((each) => sizeOf(each.attention)));
  const feedForward = sum(blocks.map((each) => sizeOf(each.feedForward)));
  const norms = sum(blocks.map((each) => sizeOf([each.norm1, each.norm2]))) + sizeOf(norm);
  const parts = {
    tokens: sizeOf(tokens),
    positions: sizeOf(positions),
    attention,
    feedForward,
    norms,
  };
  return { ...parts, total: sum(Object.values(parts)) };
}

function sizeOf(part: unknown): number {
  if (typeof part !== "object" || part === null) return 0;
  if ("shape" in part) return tf.util.sizeFromShape(part.shape as number[]);
  return sum(Object.values(part).map(sizeOf));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}

/** What each word of a config may be. */
const words = {
  positions: ["learned", "sinusoids", "rotary"],
  norm: ["before", "after"],
  activation: ["gelu", "gelu-tanh"],
} as const;

/** GPT-3 has 96; the limit keeps a slip of the finger from filling the memory. */
const MOST_LAYERS = 10_000;

function expectConfig(config: GptConfig): void {
  const { vocabulary, context, layers, heads, channels, positions, dropout, deviation } = config;
  for (const [name, size] of Object.entries({ vocabulary, context, layers, heads, channels })) {
    const most = name === "layers" ? MOST_LAYERS : Infinity;
    if (Number.isInteger(size) && size > 0 && size <= most) continue;
    const wanted = size > most ? `at most ${most}` : "a whole number of 1 or more";
    throw new ConfigError(`Gpt ${name}: expected ${wanted}, got ${size}`);
  }
  for (const [name, known] of Object.entries(words)) {
    const word = config[name as keyof typeof words];
    if ((known as readonly string[]).includes(word)) continue;
    throw new ConfigError(`Gpt ${name}: expected ${known.join(" or ")}, got ${String(word)}`);
  }
  if (channels % heads !== 0) {
    throw new ConfigError(
      `Gpt heads: expected a divisor of ${channels} channels, got ${heads}; each head gets an equal part`,
    );
  }
  const size = positions === "rotary" ? channels / heads : channels;
  if (positions !== "learned" && size % 2 !== 0) {
    const owner = positions === "rotary" ? "a head" : "a position";
    throw new ConfigError(
      `Gpt channels: expected an even number for ${owner}, for ${positions} positions go in pairs, got ${size}`,
    );
  }
  if (!(dropout >= 0 && dropout < 1)) {
    throw new ConfigError(`Gpt dropout: expected a rate from 0 up to but not 1, got ${dropout}`);
  }
  if (!(deviation > 0 && deviation < Infinity)) {
    throw new ConfigError(`Gpt deviation: expected a number above 0, got ${deviation}`);
  }
}
