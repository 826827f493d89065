import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";

import { chaseTexts } from "../../datasets/town/chases.ts";
import { useEngine } from "../../src/backend/engine.ts";
import { Looker, type Example } from "../../src/experiments/looking.ts";
import {
  askChase,
  chaseScores,
  chaseVocabulary,
  differentFavourites,
} from "../../src/experiments/two-heads.ts";

beforeAll(() => useEngine());

const asked = ({ words, answers }: Example): readonly string[] =>
  words.flatMap((word, t) => (answers[t] === undefined ? [] : [`${word}: ${answers[t]}`]));

test("a chase is asked twice at its verb", () => {
  const [chase] = chaseTexts({ count: 1 });
  const { verb, who, whom } = chase!;
  expect(askChase(chase!).map(asked)).toEqual([[`${verb}: who:${who}`], [`${verb}: whom:${whom}`]]);
});

test("an untrained model guesses, and two heads with the same weights favour the same animal", () => {
  const looker = new Looker({ words: chaseVocabulary, heads: 2, seed: 1 });
  const { who, whom, both } = chaseScores(looker, { seed: 1 });

  expect(who).toBeLessThan(0.3);
  expect(whom).toBeLessThan(0.3);
  expect(both).toBeLessThanOrEqual(Math.min(who, whom));
  // All queries zero: every word gets the same weight, so neither head favours one of the two.
  looker.variables["layers.0.qkv.weight"]!.assign(tf.zeros([32, 96]));
  expect(differentFavourites(looker, { seed: 1 })).toBe(0);
  looker.dispose();
});
