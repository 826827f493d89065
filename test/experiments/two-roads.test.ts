import { expect, test } from "vitest";

import { learnGlove, sharedNeighbours } from "../../src/experiments/two-roads.ts";
import { Random } from "../../src/core/random.ts";
import { WordVectors } from "../../src/models/word-vectors.ts";
import { wordCorpus } from "../../src/text/words.ts";

const words = Array.from({ length: 600 }, (_, i) => `w${i}`);
const drawn = (seed: number): WordVectors => {
  const random = new Random(seed);
  return new WordVectors(
    words,
    Float32Array.from({ length: 600 * 20 }, () => random.uniform() - 0.5),
  );
};

test("vectors share all neighbours with themselves, turned and stretched too, and hardly any by chance", () => {
  const one = drawn(1);
  // Channels in reverse order and twice as long: all angles stay.
  const turned = new WordVectors(
    words,
    Float32Array.from(one.vectors, (_, i) => 2 * one.vectors[i - (i % 20) + 19 - (i % 20)]!),
  );

  expect(sharedNeighbours(one, turned)).toBe(1);
  // Ten of 599 by chance.
  expect(sharedNeighbours(one, drawn(2))).toBeLessThan(0.05);
});

test("GloVe's vectors depend on the seed alone, and an aborted signal ends the training", async () => {
  const corpus = wordCorpus([["a", "b", "c", "a"]], { minCount: 1 });
  const learned = await learnGlove(corpus, { seed: 1 });

  expect((await learnGlove(corpus, { seed: 1 })).vectors).toEqual(learned.vectors);
  expect((await learnGlove(corpus, { seed: 2 })).vectors).not.toEqual(learned.vectors);
  await expect(
    learnGlove(corpus, { seed: 1, signal: AbortSignal.abort(new Error("enough")) }),
  ).rejects.toThrow("enough");
});
