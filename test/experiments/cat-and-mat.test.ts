import { beforeAll, expect, test } from "vitest";

import { sittingWords } from "../../datasets/town/sittings.ts";
import { useEngine } from "../../src/backend/engine.ts";
import { changedAnswers, looksOf, unseenPairs } from "../../src/experiments/cat-and-mat.ts";
import { Looker, type Example } from "../../src/experiments/looking.ts";

beforeAll(() => useEngine());

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
