/**
 * Token by token: what earlier positions offer is kept, so a new token costs one position and not all of them.
 *
 *     prefill   ids (B, T)  ──→ logits after the last id of each row, and a cache
 *     next      ids (B)     ──→ logits after it, and the cache with one position more
 *
 * A key and a value depend on what stands at their position and before it, never on what follows: once computed, they
 * stay. The cache always has the length of the context, and a mask hides what is not written yet. So its shape never
 * changes, and one compiled graph serves every position. Each row has a position of its own.
 *
 * Axes:    B batch, T positions of the prompts, S = context positions of the cache, C channels, H heads, D = C / H, V vocabulary
 * Source:  Shazeer (2019), "Fast Transformer Decoding", section 2.4, https://arxiv.org/abs/1911.02150
 * Chapter: notebooks/12-gpt.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ShapeError } from "../core/errors.ts";
import {
  attend,
  causalMask,
  joinHeads,
  queryKeyValue,
  type QueryKeyValue,
} from "../nn/attention.ts";
import { linear } from "../nn/linear.ts";
import { rotate } from "../nn/positions.ts";
import { logitsOf, transform, type Gpt, type GptConfig, type GptWeights } from "./gpt.ts";

/** What the written positions of one layer offer. */
export type KeyValues = {
  /** (B, H, S, D) */
  readonly keys: tf.Tensor4D;
  /** (B, H, S, D) */
  readonly values: tf.Tensor4D;
};

/** For each layer its keys and values. */
export type GptCache = KeyValues[];

/** What reading gives; both are new tensors. */
export type Read = {
  /** (B, V): for each row, of the token after the last one that was read. */
  readonly logits: tf.Tensor2D;
  readonly cache: GptCache;
};

/** A model, or its config and weights. */
export type GptParts = Pick<Gpt, "config" | "weights">;

/**
 * Reads the prompts at once: ids (B, T) of int32, row b its `lengths[b]` ids (1 to T) and then any ids up to T.
 *
 * What is computed for the ids after a row's length is hidden until it is written over. Throws as `Gpt.forward`.
 */
export function prefill(
  { config, weights }: GptParts,
  { ids, lengths }: { readonly ids: tf.Tensor2D; readonly lengths: tf.Tensor1D },
): Read {
  const [B, T] = ids.shape;
  const { context: S, channels: C, heads } = config;
  expectRows("prefill lengths", lengths, B);
  return tf.tidy(() => {
    const positions: tf.Tensor1D = tf.range(0, T, 1, "int32"); // (T)
    const mask = causalMask(T); // (T, T)
    const attention = (x: tf.Tensor3D, layer: number) => {
      const { qkv, out } = weights.blocks[layer]!.attention;
      const { q, k, v } = turned(queryKeyValue(x, qkv, { heads }), config, positions); // (B, H, T, D)
      const { mixed } = attend({ q, k, v }, { mask }); // (B, H, T, D)
      const output = linear(joinHeads(mixed), out); // (B, T, C)
      return { output, keys: lengthened(k, S), values: lengthened(v, S) };
    };
    const read = transform(weights, config, { ids, positions, attention });
    const rows: tf.Tensor2D = tf.reshape(read.output, [B * T, C]);
    const before = tf.range(-1, B * T - 1, T, "int32"); // (B), the place before each prompt
    const last: tf.Tensor2D = tf.gather(rows, tf.add<tf.Tensor1D>(before, lengths)); // (B, C)
    return { logits: headOf(weights, last), cache: cacheOf(read.layers) };
  });
}

/**
 * Reads one more token of each row: ids (B) and the positions (B) at which they stand, both int32.
 *
 * The positions of a row before it must have been read. A position from S on is an error of the engine, or a wrong
 * result: who calls this slides its window first.
 */
export function next(
  { config, weights }: GptParts,
  {
    ids,
    positions,
    cache,
  }: { readonly ids: tf.Tensor1D; readonly positions: tf.Tensor1D; readonly cache: GptCache },
): Read {
  const [B] = ids.shape;
  const { context: S, channels: C, heads } = config;
  expectRows("next positions", positions, B);
  return tf.tidy(() => {
    const places: tf.Tensor2D = tf.reshape(positions, [B, 1]);
    const columns = tf.range(0, S, 1, "int32"); // (S)
    const isFuture = tf.cast(tf.greater(columns, places), "float32"); // (B, S)
    const mask = tf.reshape(tf.mul(isFuture, -1e9), [B, 1, 1, S]);
    const attention = (x: tf.Tensor3D, layer: number) => {
      const { qkv, out } = weights.blocks[layer]!.attention;
      const { q, k, v } = turned(queryKeyValue(x, qkv, { heads }), config, places); // (B, H, 1, D)
      const before = cache[layer]!;
      const keys = write(before.keys, k, positions); // (B, H, S, D)
      const values = write(before.values, v, positions); // (B, H, S, D)
      const { mixed } = attend({ q, k: keys, v: values }, { mask }); // (B, H, 1, D)
      return { output: linear(joinHeads(mixed), out), keys, values };
    };
    const read = transform(weights, config, {
      ids: tf.reshape(ids, [B, 1]),
      positions: places,
      attention,
    });
    const last: tf.Tensor2D = tf.reshape(read.output, [B, C]);
    return { logits: headOf(weights, last), cache: cacheOf(read.layers) };
  });
}

/** `cache` (B, H, S, D) with `row` (B, H, 1, D) written at the position of each b, (B). */
function write(cache: tf.Tensor4D, row: tf.Tensor4D, positions: tf.Tensor1D): tf.Tensor4D {
  const [B, H, S, D] = cache.shape;
  const heads = tf.range(0, B * H, 1, "int32"); // (B·H)
  const columns = tf.broadcastTo(tf.reshape(positions, [B, 1]), [B, H]); // (B, H)
  const places = tf.stack([heads, tf.reshape(columns, [B * H])], 1); // (B·H, 2)
  const rows = tf.reshape(row, [B * H, D]);
  // The engine cpu writes into the very tensor that it is given: + 0 is another one, and nothing in a graph.
  const copy = tf.reshape(tf.add(cache, 0), [B * H, S, D]);
  const written = tf.tensorScatterUpdate(copy, places, rows);
  return tf.reshape(written, [B, H, S, D]);
}

/** Queries and keys turned to their positions, where they are rotary. */
function turned(
  { q, k, v }: QueryKeyValue,
  { positions: kind }: GptConfig,
  positions: tf.Tensor1D | tf.Tensor2D,
): QueryKeyValue {
  return kind === "rotary" ? { q: rotate(q, positions), k: rotate(k, positions), v } : { q, k, v };
}

/** (B, H, T, D) with zeros up to S positions. */
function lengthened(x: tf.Tensor4D, S: number): tf.Tensor4D {
  const T = x.shape[2];
  return T === S
    ? x
    : tf.pad4d(x, [
        [0, 0],
        [0, 0],
        [0, S - T],
        [0, 0],
      ]);
}

/** (B, C) -> (B, V) */
function headOf(weights: GptWeights, h: tf.Tensor2D): tf.Tensor2D {
  const [B, C] = h.shape;
  return tf.reshape(logitsOf(weights, tf.reshape(h, [B, 1, C])), [B, weights.tokens.shape[0]]);
}

function expectRows(who: string, { shape }: tf.Tensor1D, B: number): void {
  if (shape[0] === B) return;
  throw new ShapeError(`${who}: expected shape (${B}), one number for each row, got (${shape[0]})`);
}

function cacheOf(layers: readonly KeyValues[]): GptCache {
  return layers.map(({ keys, values }) => ({ keys, values }));
}
