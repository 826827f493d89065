/**
 * What do the two ends of a schedule buy, the warm-up and the cosine, at a moderate rate and at a high one?
 *
 * Source:  Xiong et al. (2020), "On Layer Normalization in the Transformer Architecture", section 3,
 *          https://arxiv.org/abs/2002.04745, on where warm-up matters
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { useEngine } from "../backend/engine.ts";
import type { TrainConfig } from "../train/config.ts";
import { bookByCharacters, smallTraining } from "./book-gpt.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { heldOutLoss } from "./small-run.ts";

/** Updates of each run. */
export const WARM_STEPS = 200;

/** The rate of the chapter, and one that is too high for it. */
export const rates = { moderate: 6e-3, high: 2e-2 } as const;

/** Warm-up and cosine, and the same without one of them. */
export const shapes = ["both", "noWarmUp", "noCosine"] as const;

/** A training whose rate has that shape. */
export function shaped(
  shape: (typeof shapes)[number],
  { rate, seed }: { readonly rate: number; readonly seed: number },
): TrainConfig {
  return {
    ...smallTraining({ seed, steps: WARM_STEPS }),
    learningRate: rate,
    warmUp: shape === "noWarmUp" ? 0 : 40,
    floor: shape === "noCosine" ? rate : rate / 10,
    evaluateEvery: WARM_STEPS,
  };
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  const book = bookByCharacters();
  const { vocabulary } = book.tokenizer;
  const all = Object.entries(rates).flatMap(([name, rate]) =>
    shapes.map((shape) => ({ name: `${name}_${shape}`, config: shaped(shape, { rate, seed }) })),
  );
  const values: Record<string, number> = {};
  for (const [i, { name, config }] of all.entries()) {
    values[name] = await heldOutLoss(book, { vocabulary, config, signal });
    onProgress?.((i + 1) / all.length);
  }
  return values;
}

const said = {
  both: "with warm-up and cosine",
  noWarmUp: "without warm-up",
  noCosine: "without the cosine",
} as const;

/** The small GPT trains for 200 steps of Moby-Dick with six schedules. */
export const experiment: Experiment = {
  name: "warm-up",
  chapter: "13",
  seconds: 12,
  values: Object.fromEntries(
    Object.entries(rates).flatMap(([name, rate]) =>
      shapes.map((shape) => [
        `${name}_${shape}`,
        { says: `loss on held-out text, rate ${rate}, ${said[shape]}`, unit: "nats per token" },
      ]),
    ),
  ),
  run,
};
