/**
 * A question that "on" alone decides: "the cat sat beside the wall on the mat", where is it, on what?
 *
 * In one layer a score sees two words and how far apart they are. "mat" does not know which word stands before it, so
 * the layer can only toss a coin. In a second layer it can know: the first has mixed "on" into it.
 *
 * Source:  this project; the mechanism: Elhage et al. (2021), https://transformer-circuits.pub/2021/framework/index.html
 * Chapter: notebooks/08-attention.ipynb
 */
import { choiceTexts, seats } from "../../datasets/town/sittings.ts";
import { useEngine } from "../backend/engine.ts";
import { learn } from "./cat-and-mat.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { rightAnswers, type Looker } from "./looking.ts";
import { askAnimals } from "./sitting-questions.ts";

/** Texts of a training: 600 steps of 32. */
const TEXTS = 19_200;

/** A looker with so many layers that was asked on what each animal is. */
export async function learnChoices(
  layers: number,
  { seed, signal }: { readonly seed: number; readonly signal?: AbortSignal | undefined },
): Promise<Looker> {
  const examples = choiceTexts({ count: TEXTS, seed }).map(askAnimals);
  return learn(examples, { layers, seed }, { signal });
}

/** The part of new texts with the right thing. */
export function choiceScore(looker: Looker, { seed }: { readonly seed: number }): number {
  return rightAnswers(looker, choiceTexts({ count: 500, seed: seed + 1000 }).map(askAnimals));
}

/**
 * How strongly the cat looks at the first thing of "the cat sat … the A … the B .", in the last layer, when it is `on`
 * that thing and when it is beside it and on the other; means over all things, each followed by the next of the list.
 */
export function firstThing(looker: Looker): { readonly on: number; readonly beside: number } {
  const mean = (first: string, second: string): number => {
    const each = seats.map((thing, i) => {
      const other = seats[(i + 1) % seats.length] as string;
      const words = `the cat sat ${first} the ${thing} ${second} the ${other} .`.split(" ");
      return looker.weightsOf(words).at(-1)![0]![1]![5]!;
    });
    return each.reduce((a, b) => a + b) / each.length;
  };
  return { on: mean("on", "beside"), beside: mean("beside", "on") };
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  const one = await learnChoices(1, { seed, signal });
  onProgress?.(0.4);
  const two = await learnChoices(2, { seed, signal });
  const [by1, by2] = [firstThing(one), firstThing(two)];
  const values = {
    rightByOne: choiceScore(one, { seed }),
    rightByTwo: choiceScore(two, { seed }),
    onByOne: by1.on,
    besideByOne: by1.beside,
    onByTwo: by2.on,
    besideByTwo: by2.beside,
  };
  one.dispose();
  two.dispose();
  return values;
}

const rate = { unit: "of 1", rate: true } as const;

/** One layer and two, asked what the animal is on. */
export const experiment: Experiment = {
  name: "needs-on",
  chapter: "08",
  seconds: 3,
  values: {
    rightByOne: { says: "right answers of one layer", ...rate },
    rightByTwo: { says: "right answers of two layers", ...rate },
    onByOne: { says: "cat at the first thing, on it, one layer", ...rate },
    besideByOne: { says: "cat at the first thing, beside it, one layer", ...rate },
    onByTwo: { says: "cat at the first thing, on it, second of two layers", ...rate },
    besideByTwo: { says: "cat at the first thing, beside it, second of two layers", ...rate },
  },
  run,
};
