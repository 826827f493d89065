/**
 * Which head does what? Measured by where it looks, and by what is lost without it.
 *
 *     … a b … a ?     the previous-token head, at b, looks one place back and notes "after a";
 *                     the induction head, at the second a, looks for that note, finds b, and copies it
 *
 * Axes:    B batch, T positions, C channels, H heads, D = C / H channels of a head
 * Source:  Olsson et al. (2022), "In-context Learning and Induction Heads", https://arxiv.org/abs/2209.11895
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { Random } from "../core/random.ts";
import { partialLogits, type PartialConfig, type PartialWeights } from "./partial-transformer.ts";
import { repeatedSequences } from "./repeated-sequences.ts";

/** Where a head looks, as shares of its attention. */
export interface HeadScore {
  /** Both from 0. */
  readonly layer: number;
  readonly head: number;
  /** To the place before. */
  readonly previous: number;
  /** To the places after earlier occurrences of the present token, one in each round before, all together. */
  readonly induction: number;
}

/** Sequences that the scores are means of. */
const SEQUENCES = 64;

/** The attention weights (B, H, T, T) of each layer for ids (B, T); yours to dispose. */
export function headLooks(
  ids: tf.Tensor2D,
  weights: PartialWeights,
  config: PartialConfig,
): tf.Tensor4D[] {
  const looks: tf.Tensor4D[] = [];
  const keep = (each: tf.Tensor4D): unknown => looks.push(tf.keep(each));
  partialLogits(ids, weights, config, { attention: keep }).dispose();
  return looks;
}

/** The scores of every head, over the places of each sequence that come after its first round. */
export function headScores(
  weights: PartialWeights,
  config: PartialConfig,
  { periods, seed }: { readonly periods: readonly [number, number]; readonly seed: number },
): readonly HeadScore[] {
  const { context: T, vocabulary, heads: H } = config;
  const options = { batch: SEQUENCES, context: T, vocabulary, periods };
  const { x, periods: drawn } = repeatedSequences(new Random(seed), options);
  const ids = tf.tensor2d(x, [SEQUENCES, T], "int32");
  const layers = headLooks(ids, weights, config);
  const scores = layers.flatMap((looks, layer) => {
    const shares = looks.dataSync();
    return Array.from({ length: H }, (_, head) => {
      let [previous, induction, places] = [0, 0, 0];
      for (const [row, period] of drawn.entries()) {
        for (let t = period; t < T; t++) {
          const look = ((row * H + head) * T + t) * T; // where the row of t begins
          previous += shares[look + t - 1] as number;
          for (let s = t - period + 1; s >= 0; s -= period) induction += shares[look + s] as number;
          places++;
        }
      }
      return { layer, head, previous: previous / places, induction: induction / places };
    });
  });
  tf.dispose([ids, ...layers]);
  return scores;
}

/** The head with the greatest score. */
export function bestHead(scores: readonly HeadScore[], by: "previous" | "induction"): HeadScore {
  return scores.reduce((best, each) => (each[by] > best[by] ? each : best));
}

/**
 * The same weights with one head silenced: the rows of `out` that carry what it mixed are zero.
 *
 * The one new tensor, `layers[layer].attention.out.weight`, is yours to dispose; all others are shared.
 */
export function withoutHead(
  weights: PartialWeights,
  { heads: H }: PartialConfig,
  { layer, head }: { readonly layer: number; readonly head: number },
): PartialWeights {
  const silenced = (out: tf.Tensor2D): tf.Tensor2D =>
    tf.tidy(() => {
      const rows = tf.range(0, out.shape[0], 1, "int32");
      const owner = tf.floorDiv(rows, tf.scalar(out.shape[0] / H, "int32")); // head of each row
      const kept = tf.cast(tf.notEqual(owner, tf.scalar(head, "int32")), "float32");
      return tf.mul(out, tf.expandDims(kept, 1));
    });
  const layers = weights.layers.map((each, place) => {
    if (place !== layer || each.attention === undefined) return each;
    const out = { weight: silenced(each.attention.out.weight) };
    return { ...each, attention: { ...each.attention, out } };
  });
  return { ...weights, layers };
}
