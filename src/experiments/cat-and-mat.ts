/**
 * In "the cat sat on the mat", do cat and mat look at each other because of "on the"?
 *
 * One layer of attention learns to say at each animal where it is and at each thing who is there. Then the weights of
 * plain sentences are read: with "on the" there, removed, replaced and moved. Beside it stand the same layer untrained,
 * one that was asked nonsense, one without places, and one that was asked for the next word instead.
 *
 * All numbers are means over the 24 pairs of animal and thing that no training text has, cat and mat among them.
 *
 * Source:  Jain and Wallace (2019), https://aclanthology.org/N19-1357; Wiegreffe and Pinter (2019),
 *          https://aclanthology.org/D19-1002, on when a weight explains an answer
 * Chapter: notebooks/08-attention.ipynb
 */
import {
  connectorForms,
  isHeldOutSitting,
  seats,
  sittingTexts,
  sittingWords,
  type ConnectorForms,
} from "../../datasets/town/sittings.ts";
import { pets } from "../../datasets/town/words.ts";
import { useEngine } from "../backend/engine.ts";
import { Random } from "../core/random.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { Looker, rightAnswers, type Example, type LookerConfig } from "./looking.ts";
import { askNext, askNonsense, askWhere } from "./sitting-questions.ts";

/** Texts of a training: 600 steps of 32. */
export const SITTINGS = 19_200;

/** The pairs of animal and thing that no training text has. */
export const unseenPairs: readonly { readonly animal: string; readonly seat: string }[] = pets
  .flatMap((animal) => seats.map((seat) => ({ animal, seat })))
  .filter(isHeldOutSitting);

/** How a pair looks at each other, and at the words "on" and "the" before the thing. */
export interface Looks {
  readonly animalAtThing: number;
  readonly thingAtAnimal: number;
  /** The two weights of connector and article together; 0 where there are none. */
  readonly animalAtOnThe: number;
  readonly thingAtOnThe: number;
}

/** Means over the unseen pairs, in the plain sentence of one form; of a looker with one layer and one head. */
export function looksOf(looker: Looker, form: keyof ConnectorForms): Looks {
  const each = unseenPairs.map((pair) => {
    const words = connectorForms(pair)[form].split(" ");
    const weights = looker.weightsOf(words)[0]![0]!;
    const [animal, thing] = [words.indexOf(pair.animal), words.indexOf(pair.seat)];
    const at = words.findIndex((word) => word === "on" || word === "beside");
    const onThe = (from: number): number =>
      at === -1 ? 0 : weights[from]![at]! + weights[from]![at + 1]!;
    return {
      animalAtThing: weights[animal]![thing]!,
      thingAtAnimal: weights[thing]![animal]!,
      animalAtOnThe: onThe(animal),
      thingAtOnThe: onThe(thing),
    };
  });
  const mean = (name: keyof Looks): number =>
    each.reduce((sum, looks) => sum + looks[name], 0) / each.length;
  return {
    animalAtThing: mean("animalAtThing"),
    thingAtAnimal: mean("thingAtAnimal"),
    animalAtOnThe: mean("animalAtOnThe"),
    thingAtOnThe: mean("thingAtOnThe"),
  };
}

/**
 * Is a weight an explanation? For each question, one other word is covered by a full stop: the one with the greatest
 * weight, or any other. The part of the answers that change.
 */
export function changedAnswers(
  looker: Looker,
  examples: readonly Example[],
  { cover, seed }: { readonly cover: "mostLookedAt" | "another"; readonly seed: number },
): number {
  const random = new Random(seed);
  const cases = examples.flatMap(({ words, answers }) => {
    const weights = looker.weightsOf(words)[0]![0]!;
    return answers.flatMap((answer, t) => {
      const others = words.map((_, s) => s).filter((s) => s !== t && weights[t]![s]! > 0);
      if (answer === undefined || others.length < 2) return [];
      const most = others.reduce((a, s) => (weights[t]![s]! > weights[t]![a]! ? s : a));
      const rest = others.filter((s) => s !== most);
      const s = cover === "mostLookedAt" ? most : rest[random.integer(rest.length)]!;
      return [{ t, words, covered: words.map((word, place) => (place === s ? "." : word)) }];
    });
  });
  const before = looker.answersOf(cases.map(({ words }) => words));
  const after = looker.answersOf(cases.map(({ covered }) => covered));
  return cases.filter(({ t }, i) => before[i]![t] !== after[i]![t]).length / cases.length;
}

/** A looker that has learned from the examples; throws the signal's reason when it is aborted. */
export async function learn(
  examples: readonly Example[],
  config: Omit<LookerConfig, "words">,
  { signal, rate }: { readonly signal?: AbortSignal | undefined; readonly rate?: number } = {},
): Promise<Looker> {
  const looker = new Looker({ words: sittingWords(), ...config });
  const training = looker.train(examples, { signal, ...(rate === undefined ? {} : { rate }) });
  while ((await training.next()).done !== true);
  return looker;
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  const texts = sittingTexts({ count: SITTINGS, seed });
  const tests = sittingTexts({ count: 300, seed: seed + 1000, pairs: "heldOut" });
  const where = tests.map(askWhere);
  const next = tests.slice(0, 40).map(askNext);
  const asked = await learn(texts.map(askWhere), { seed }, { signal });
  onProgress?.(0.3);
  const bag = await learn(texts.map(askWhere), { seed, places: false }, { signal });
  const nonsense = await learn(askNonsense(texts, { seed }), { seed }, { signal });
  onProgress?.(0.7);
  const writer = await learn(texts.map(askNext), { seed, causal: true }, { signal });
  const untrained = new Looker({ words: sittingWords(), seed });
  const [there, removed, replaced, moved] = (
    ["there", "removed", "replaced", "moved"] as const
  ).map((form) => looksOf(asked, form)) as [Looks, Looks, Looks, Looks];
  const values = {
    right: rightAnswers(asked, where),
    rightWithoutPlaces: rightAnswers(
      bag,
      sittingTexts({ count: 300, seed: seed + 1000 }).map(askWhere),
    ),
    rightUnseenWithoutPlaces: rightAnswers(bag, where),
    rightNonsense: rightAnswers(nonsense, where),
    catAtMat: there.animalAtThing,
    catAtMatRemoved: removed.animalAtThing,
    catAtMatReplaced: replaced.animalAtThing,
    catAtMatMoved: moved.animalAtThing,
    matAtCat: there.thingAtAnimal,
    matAtCatRemoved: removed.thingAtAnimal,
    matAtCatReplaced: replaced.thingAtAnimal,
    matAtCatMoved: moved.thingAtAnimal,
    catAtOnThe: there.animalAtOnThe,
    matAtOnThe: there.thingAtOnThe,
    matAtCatUntrained: looksOf(untrained, "there").thingAtAnimal,
    matAtCatNonsense: looksOf(nonsense, "there").thingAtAnimal,
    matAtCatWriting: looksOf(writer, "there").thingAtAnimal,
    matAtOnTheWriting: looksOf(writer, "there").thingAtOnThe,
    changedByMost: changedAnswers(asked, where.slice(0, 100), { cover: "mostLookedAt", seed }),
    changedByAnother: changedAnswers(asked, where.slice(0, 100), { cover: "another", seed }),
    writingChangedByMost: changedAnswers(writer, next, { cover: "mostLookedAt", seed }),
    writingChangedByAnother: changedAnswers(writer, next, { cover: "another", seed }),
  };
  for (const looker of [asked, bag, nonsense, writer, untrained]) looker.dispose();
  return values;
}

const rate = { unit: "of 1", rate: true } as const;

/** One layer, trained on four questions; its weights in four forms of a sentence. */
export const experiment: Experiment = {
  name: "cat-and-mat",
  chapter: "08",
  seconds: 5,
  values: {
    right: { says: "answers about unseen pairs that are right, two animals a text", ...rate },
    rightWithoutPlaces: { says: "the same, about seen pairs, without places", ...rate },
    rightUnseenWithoutPlaces: { says: "the same, about unseen pairs", ...rate },
    rightNonsense: { says: "the same as right, asked nonsense in training", ...rate },
    catAtMat: { says: "how strongly an animal looks at its thing: on the", ...rate },
    catAtMatRemoved: { says: "the same, on the removed", ...rate },
    catAtMatReplaced: { says: "the same, beside the", ...rate },
    catAtMatMoved: { says: "the same, on the moved to the beginning", ...rate },
    matAtCat: { says: "how strongly a thing looks at its animal: on the", ...rate },
    matAtCatRemoved: { says: "the same, on the removed", ...rate },
    matAtCatReplaced: { says: "the same, beside the", ...rate },
    matAtCatMoved: { says: "the same, on the moved to the beginning", ...rate },
    catAtOnThe: { says: "how strongly an animal looks at on and the together", ...rate },
    matAtOnThe: { says: "how strongly a thing looks at on and the together", ...rate },
    matAtCatUntrained: { says: "a thing at its animal, untrained", ...rate },
    matAtCatNonsense: { says: "a thing at its animal, asked nonsense in training", ...rate },
    matAtCatWriting: { says: "a thing at its animal, asked for the next word", ...rate },
    matAtOnTheWriting: { says: "a thing at on and the, asked for the next word", ...rate },
    changedByMost: { says: "answers that change when the most looked at word is covered", ...rate },
    changedByAnother: { says: "answers that change when another word is covered", ...rate },
    writingChangedByMost: { says: "next words that change, most looked at word covered", ...rate },
    writingChangedByAnother: { says: "next words that change, another word covered", ...rate },
  },
  run,
};
