/**
 * The same sentence, further to the right: do its words look at each other as before?
 *
 * One head with its first weights scores every pair of words of a sentence that begins at position 0, and of the same
 * sentence that begins later. A position that is relative changes nothing.
 *
 * Axes:    T words of the sentence, C channels
 * Source:  Su et al. (2021), "RoFormer", section 3.2, https://arxiv.org/abs/2104.09864
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { useEngine } from "../backend/engine.ts";
import { queryKeyValue } from "../nn/attention.ts";
import { rotate, sinusoids } from "../nn/positions.ts";
import { makeWeights, normal } from "../nn/weights.ts";
import type { Experiment, Values } from "./experiment.ts";

/** How a head may be told where words stand. */
export type Positions = "none" | "sinusoids" | "learned" | "rotary";

const [T, C, LONGEST] = [8, 32, 128];
/** Sines of float32 at position 100 are right to about this. */
const ROUNDING = 1e-5;

export interface ShiftedHead {
  /** The scores Q Kᵀ / √C of the sentence when its first word stands at `start`: T rows of T. */
  readonly scores: (positions: Positions, start: number) => number[][];
  /** Products of the waves alone, without words and without weights. */
  readonly waves: (start: number) => number[][];
  readonly dispose: () => void;
}

/** A sentence of random word vectors, and a head with random weights; the learned table is at its first values. */
export function shiftedHead({ seed }: { readonly seed: number }): ShiftedHead {
  const weights = makeWeights(
    {
      words: normal([T, C], 1),
      table: normal([LONGEST, C], 1),
      qkv: { weight: normal([C, 3 * C], 1 / Math.sqrt(C)) },
    },
    { seed },
  );
  const waves = tf.tidy(() => tf.mul<tf.Tensor2D>(sinusoids(LONGEST, C), Math.SQRT2)); // deviation 1
  const part = (table: tf.Tensor2D, start: number): tf.Tensor2D =>
    tf.slice(table, [start, 0], [T, C]);
  return {
    scores: (positions, start) =>
      tf.tidy(() => {
        const added = {
          none: undefined,
          rotary: undefined,
          sinusoids: waves,
          learned: weights.table,
        };
        const table = added[positions];
        const words: tf.Tensor2D = table
          ? tf.add(weights.words, part(table, start))
          : weights.words;
        const { q, k } = queryKeyValue(tf.reshape(words, [1, T, C]), weights.qkv, { heads: 1 });
        const places = tf.range(start, start + T, 1, "int32");
        const turned = positions === "rotary" ? [rotate(q, places), rotate(k, places)] : [q, k];
        const [queries, keys] = turned as [tf.Tensor4D, tf.Tensor4D];
        return rowsOf(tf.div(tf.matMul(queries, keys, false, true), Math.sqrt(C)));
      }),
    waves: (start) =>
      tf.tidy(() => {
        const here = part(waves, start);
        return rowsOf(tf.div(tf.matMul(here, here, false, true), C));
      }),
    dispose: () => tf.dispose([waves, weights.words, weights.table, weights.qkv.weight]),
  };
}

function rowsOf(scores: tf.Tensor): number[][] {
  return tf.reshape<tf.Rank.R2>(scores, [T, T]).arraySync();
}

/** How far two tables of scores are apart, beside how far those of the first spread; 0 where float32 sees no change. */
export function change(before: readonly number[][], after: readonly number[][]): number {
  const [a, b] = [before.flat(), after.flat()];
  const mean = a.reduce((sum, each) => sum + each, 0) / a.length;
  const difference = a.reduce((sum, each, i) => sum + (each - b[i]!) ** 2, 0);
  const spread = a.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const ratio = Math.sqrt(difference / spread);
  return ratio < ROUNDING ? 0 : ratio;
}

async function run({ seed }: { readonly seed: number }): Promise<Values> {
  await useEngine();
  const head = shiftedHead({ seed });
  const moved = (positions: Positions): number =>
    change(head.scores(positions, 0), head.scores(positions, 20));
  const values = {
    sinusoids: moved("sinusoids"),
    learned: moved("learned"),
    rotary: moved("rotary"),
    waves: change(head.waves(0), head.waves(20)),
  };
  head.dispose();
  return values;
}

const changed = (what: string): { says: string; unit: string } => ({
  says: `change of the scores when the sentence moves 20 places, ${what}`,
  unit: "of their spread",
});

/** Which positions are relative? */
export const experiment: Experiment = {
  name: "shifted-sentence",
  chapter: "09",
  seconds: 0.5,
  values: {
    sinusoids: changed("with waves added to the words"),
    learned: changed("with a table added to the words"),
    rotary: changed("with queries and keys turned"),
    waves: changed("for the waves alone, without words and weights"),
  },
  run,
};
