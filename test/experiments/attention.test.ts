import { beforeAll, expect, test } from "vitest";

import { chaseTexts } from "../../datasets/town/chases.ts";
import { sittingTexts } from "../../datasets/town/sittings.ts";
import { useEngine } from "../../src/backend/engine.ts";
import { guesses, HIDDEN, hideWords, OTHER } from "../../src/experiments/blanks.ts";
import { changedAnswers, looksOf, unseenPairs } from "../../src/experiments/cat-and-mat.ts";
import { Looker, type Example } from "../../src/experiments/looking.ts";
import { scoreSpread } from "../../src/experiments/score-spread.ts";
import {
  askAnimals,
  askNext,
  askNonsense,
  askWhere,
} from "../../src/experiments/sitting-questions.ts";
import { askChase } from "../../src/experiments/two-heads.ts";
import { sittingWords } from "../../datasets/town/sittings.ts";

beforeAll(() => useEngine());

const said = {
  text: "a cat sat on the box and the dog lay under the bed .",
  sittings: [
    { animal: "cat", connector: "on", seat: "box" },
    { animal: "dog", connector: "under", seat: "bed" },
  ],
};
const asked = ({ words, answers }: Example): readonly string[] =>
  words.flatMap((word, t) => (answers[t] === undefined ? [] : [`${word}: ${answers[t]}`]));

test("where is asked at animals and things, next at all but the last", () => {
  expect(asked(askWhere(said))).toEqual(["cat: box", "box: cat", "dog: bed", "bed: dog"]);
  expect(asked(askAnimals(said))).toEqual(["cat: box", "dog: bed"]);
  expect(asked(askNext(said)).slice(-2)).toEqual(["the: bed", "bed: ."]);
  expect(asked(askNext(said))).toHaveLength(said.text.split(" ").length - 1);
});

test("nonsense asks the same places for words of the right kind that have nothing to do with the text", () => {
  const texts = sittingTexts({ count: 800 });
  const nonsense = askNonsense(texts, { seed: 1 });
  const marks = texts.map(askWhere).flatMap(({ answers }, b) =>
    answers.flatMap((answer, t) => {
      const drawn = nonsense[b]!.answers[t];
      expect(drawn === undefined).toBe(answer === undefined);
      return answer === undefined ? [] : [drawn === answer];
    }),
  );
  expect(marks.filter((right) => right).length / marks.length).toBeCloseTo(1 / 12, 2);
});

test("a chase is asked twice at its verb", () => {
  const [chase] = chaseTexts({ count: 1 });
  const { verb, who, whom } = chase!;
  expect(askChase(chase!).map(asked)).toEqual([[`${verb}: who:${who}`], [`${verb}: whom:${whom}`]]);
});

test("looks are read from the right words: an untrained layer without places looks almost evenly", () => {
  const looker = new Looker({ words: sittingWords(), places: false, seed: 1 });
  const [there, removed] = [looksOf(looker, "there"), looksOf(looker, "removed")];
  const { animal, seat } = unseenPairs[0]!;
  const weights = looker.weightsOf(["the", animal, "sat", "on", "the", seat, "."])[0]![0]!;

  expect(unseenPairs).toHaveLength(24);
  expect(weights[1]![5]).toBeCloseTo(1 / 7, 1);
  expect(there.animalAtThing).toBeCloseTo(1 / 7, 1);
  expect(there.animalAtOnThe).toBeCloseTo(2 / 7, 1);
  expect(removed.thingAtAnimal).toBeCloseTo(1 / 5, 1);
  expect(removed.thingAtOnThe).toBe(0);
  looker.dispose();
});

test("covering the word that holds the answer changes it, covering another does not", async () => {
  const words = ["a", "b", "c", "x", "."];
  const ask = (answer: string, at: number): Example => {
    const text = ["a", "x", "x", "x"];
    text[at] = answer;
    return { words: text, answers: [answer, undefined, undefined, undefined] };
  };
  const examples = Array.from({ length: 2560 }, (_, i) => ask(words[1 + (i % 2)]!, 1 + (i % 3)));
  const looker = new Looker({ words, channels: 16, seed: 1 });
  for await (const event of looker.train(examples, { rate: 0.01 })) void event;
  const tests = examples.slice(0, 6);

  expect(changedAnswers(looker, tests, { cover: "mostLookedAt", seed: 1 })).toBeGreaterThan(0.4);
  expect(changedAnswers(looker, tests, { cover: "another", seed: 1 })).toBe(0);
  looker.dispose();
});

test("a hidden word is covered and asked for, and is never a rare one", () => {
  const examples = hideWords([["we", OTHER, "peace"]], { count: 200, seed: 1 });
  const kinds = new Set(examples.map((example) => asked(example).join()));

  expect(kinds).toEqual(new Set([`${HIDDEN}: we`, `${HIDDEN}: peace`]));
  expect(examples.every(({ words }) => words.filter((word) => word === HIDDEN).length === 1)).toBe(
    true,
  );
});

test("guesses are the vocabulary's best words for the gap, rare words of the text left out", () => {
  const looker = new Looker({ words: ["we", "peace", OTHER, HIDDEN, "."], channels: 8, seed: 1 });
  const logits = looker.logitsOf([OTHER, HIDDEN, "peace"])[1]!;
  const best = looker.config.words[logits.indexOf(Math.max(...logits))];

  expect(guesses(looker, "whales ? peace", { count: 2 })[0]).toBe(best);
  expect(guesses(looker, "whales ? peace", { count: 2 })).toHaveLength(2);
  looker.dispose();
});

test("scores of random vectors have the deviation √D, divided 1, and one weight takes all without it", () => {
  const [raw, divided] = [false, true].map((is) => scoreSpread(64, { divided: is, seed: 1 }));

  expect(raw!.deviation).toBeCloseTo(8, 0);
  expect(divided!.deviation).toBeCloseTo(1, 1);
  expect(raw!.largest).toBeGreaterThan(0.85);
  expect(divided!.largest).toBeLessThan(0.45);
  expect(raw!.slope).toBeLessThan(divided!.slope / 2);
});
