import { beforeAll, expect, test } from "vitest";

import { sittingWords } from "../../datasets/town/sittings.ts";
import { useEngine } from "../../src/backend/engine.ts";
import { Looker } from "../../src/experiments/looking.ts";
import { choiceScore, firstThing, learnChoices } from "../../src/experiments/needs-on.ts";

beforeAll(() => useEngine());

test("the look that is read is that of the cat at the first thing, in the last layer", () => {
  const looker = new Looker({ words: sittingWords(), layers: 2, places: false, seed: 1 });
  const words = "the cat sat on the mat beside the rug .".split(" ");
  const { on, beside } = firstThing(looker);

  expect(looker.weightsOf(words)[1]![0]![1]![5]).toBeCloseTo(1 / 10, 1);
  expect(on).toBeCloseTo(1 / 10, 1);
  expect(Math.abs(on - beside)).toBeLessThan(0.02);
  looker.dispose();
});

test("two layers find what it is on, by the little word", async () => {
  const looker = await learnChoices(2, { seed: 4 });

  expect(choiceScore(looker, { seed: 4 })).toBeGreaterThan(0.9);
  const { on, beside } = firstThing(looker);
  expect(on).toBeGreaterThan(beside + 0.2);
  looker.dispose();
});
