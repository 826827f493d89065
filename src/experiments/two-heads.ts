/**
 * What two heads can do that one cannot: keep two words apart.
 *
 * At the verb of "the cat chased the dog" two things are asked: who did it, and to whom. One head has one set of weights;
 * it can mix cat and dog, and the mix does not say which is which. Two heads of half the width make two mixes, of which
 * both can be told. The number of weights is the same.
 *
 * Source:  Vaswani et al. (2017), section 3.2.2, "with a single attention head, averaging inhibits this",
 *          https://arxiv.org/abs/1706.03762
 * Chapter: notebooks/08-attention.ipynb
 */
import { chaseTexts, chaseWords, type ChaseText } from "../../datasets/town/chases.ts";
import { pets } from "../../datasets/town/words.ts";
import { useEngine } from "../backend/engine.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { Looker, type Example } from "./looking.ts";

/** Texts of a training; each is shown twice, with one of its two answers each time. */
const TEXTS = 12_800;
/** Examples of a step, and the learning rate: less of either learns the same, more slowly. */
const BATCH = 64;
const RATE = 0.01;

/** The vocabulary, and with it the answers: "who:cat", "whom:cat". */
export const chaseVocabulary: readonly string[] = [
  ...chaseWords(),
  ...["who", "whom"].flatMap((side) => pets.map((animal) => `${side}:${animal}`)),
];

/** The text twice: at its verb once the one who did it is asked for, once the other. */
export function askChase({ text, verb, who, whom }: ChaseText): readonly [Example, Example] {
  const words = text.split(" ");
  const asking = (answer: string): Example => ({
    words,
    answers: words.map((word) => (word === verb ? answer : undefined)),
  });
  return [asking(`who:${who}`), asking(`whom:${whom}`)];
}

/** A model with so many heads that has learned from chases; throws the signal's reason when it is aborted. */
export async function learnChases({
  heads,
  seed,
  signal,
}: {
  readonly heads: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}): Promise<Looker> {
  const looker = new Looker({ words: chaseVocabulary, heads, seed });
  const examples = chaseTexts({ count: TEXTS, seed }).flatMap(askChase);
  const training = looker.train(examples, { rate: RATE, batch: BATCH, signal });
  while ((await training.next()).done !== true);
  return looker;
}

/** The part of new texts of which the model tells at the verb who did it, to whom, and both rightly. */
export function chaseScores(
  looker: Looker,
  { seed }: { readonly seed: number },
): { readonly who: number; readonly whom: number; readonly both: number } {
  const chases = chaseTexts({ count: 500, seed: seed + 1000 });
  const logits = looker.logitsOf(chases.map(({ text }) => text.split(" ")));
  const marks = chases.map(({ text, verb, who, whom }, i) => {
    const atVerb = logits[i]![text.split(" ").indexOf(verb)]!;
    return { who: best("who", atVerb) === who, whom: best("whom", atVerb) === whom };
  });
  const part = (is: (mark: { who: boolean; whom: boolean }) => boolean): number =>
    marks.filter(is).length / marks.length;
  return {
    who: part(({ who }) => who),
    whom: part(({ whom }) => whom),
    both: part(({ who, whom }) => who && whom),
  };
}

/** The part of new texts in which the two heads, at the verb, favour different animals of the two. */
export function differentFavourites(looker: Looker, { seed }: { readonly seed: number }): number {
  const texts = chaseTexts({ count: 200, seed: seed + 1000 });
  const different = texts.filter(({ text, who, verb, whom }) => {
    const words = text.split(" ");
    const [mine, yours] = looker.weightsOf(words)[0]!.map((head) => {
      const row = head[words.indexOf(verb)]!;
      return row[words.indexOf(who)]! > row[words.indexOf(whom)]!;
    });
    return mine !== yours;
  });
  return different.length / texts.length;
}

/** The animal with the best logit among the answers of one kind. */
function best(side: "who" | "whom", logits: readonly number[]): string {
  const scores = pets.map((animal) => logits[chaseVocabulary.indexOf(`${side}:${animal}`)]!);
  return pets[scores.indexOf(Math.max(...scores))] as string;
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  const one = await learnChases({ heads: 1, seed, signal });
  onProgress?.(0.5);
  const two = await learnChases({ heads: 2, seed, signal });
  const [by1, by2] = [chaseScores(one, { seed }), chaseScores(two, { seed })];
  const different = differentFavourites(two, { seed });
  one.dispose();
  two.dispose();
  return {
    bothByOne: by1.both,
    whoByOne: by1.who,
    whomByOne: by1.whom,
    bothByTwo: by2.both,
    different,
  };
}

const rate = { unit: "of 1", rate: true } as const;

/** One head and two, of the same number of weights, asked for two words at one place. */
export const experiment: Experiment = {
  name: "two-heads",
  chapter: "08",
  seconds: 3,
  values: {
    bothByOne: { says: "texts whose two answers one head gives rightly", ...rate },
    whoByOne: { says: "who did it, by the one head", ...rate },
    whomByOne: { says: "to whom, by the one head", ...rate },
    bothByTwo: { says: "texts whose two answers two heads give rightly", ...rate },
    different: { says: "texts in which the two heads favour different animals", ...rate },
  },
  run,
};
