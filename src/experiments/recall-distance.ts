/**
 * How far back can a Transformer recall? A pair a b occurs once, much else comes, then a again: does it say b?
 *
 *     … a b 9 27 4 … 13 a ?      the distance from a to a is varied; the model reads the last T tokens
 *
 * Axes:    B batch, T positions that the model reads (its context)
 * Source:  Khandelwal et al. (2018), "Sharp Nearby, Fuzzy Far Away", section 5, on what recurrent networks recall,
 *          https://arxiv.org/abs/1805.04623
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { useEngine } from "../backend/engine.ts";
import { ConfigError } from "../core/errors.ts";
import { Random } from "../core/random.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { copier, trainCopier, twoLayers, type Copier } from "./induction.ts";
import { partialLogits } from "./partial-transformer.ts";

/** Texts that one recall rate is the mean of. */
const TEXTS = 256;

/** The share of texts in which the model names b, for one distance of 2 or more. Throws `ConfigError` for another. */
export function recallAt(
  { config, weights }: Copier,
  distance: number,
  { seed }: { readonly seed: number },
): number {
  if (!Number.isInteger(distance) || distance < 2) {
    throw new ConfigError(
      `recallAt: expected a whole distance of 2 or more, for b stands between a and a, got ${distance}`,
    );
  }
  const { context: T, vocabulary } = config;
  const random = new Random(seed);
  const ids = new Int32Array(TEXTS * T);
  const answers = Array.from({ length: TEXTS }, (_, row) => {
    const a = random.integer(vocabulary);
    const other = (): number => (a + 1 + random.integer(vocabulary - 1)) % vocabulary; // anything but a
    const text = Array.from({ length: Math.max(distance + 1, T) }, other);
    const last = text.length - 1;
    [text[last], text[last - distance]] = [a, a];
    ids.set(text.slice(-T), row * T);
    return text[last - distance + 1]!;
  });
  const guesses = tf.tidy(() => {
    const logits = partialLogits(tf.tensor2d(ids, [TEXTS, T], "int32"), weights, config); // (B·T, V)
    return tf.argMax(tf.reshape(logits, [TEXTS, T, vocabulary]), 2).arraySync() as number[][];
  });
  return answers.filter((answer, row) => guesses[row]?.[T - 1] === answer).length / TEXTS;
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  const model = copier(twoLayers, { seed });
  for await (const { step } of trainCopier(model, { seed, signal })) onProgress?.(step / 620);
  const T = model.config.context;
  const recall = (distance: number): number => recallAt(model, distance, { seed });
  const values = {
    short: recall(3),
    trained: recall(20),
    edge: recall(T - 4),
    beyond: recall(T + 4),
  };
  tf.dispose([...model.variables]);
  return values;
}

const share = (where: string): { says: string; unit: string; rate: true } => ({
  says: `texts in which the token after the first a is recalled, ${where}`,
  unit: "of 1",
  rate: true,
});

/** Recall against distance, for the two layers of `induction`, whose context is 64. */
export const experiment: Experiment = {
  name: "recall-distance",
  chapter: "09",
  seconds: 8,
  values: {
    short: share("3 places back, nearer than any period in training"),
    trained: share("20 places back, a period of training"),
    edge: share("4 places before the context ends"),
    beyond: share("4 places behind its end"),
  },
  run,
};
