import { expect, test } from "vitest";

import {
  meanSimilarity,
  opposites,
  strangersOf,
  synonyms,
} from "../../src/experiments/word-opposites.ts";
import { speechCorpus } from "../../src/experiments/speech-vectors.ts";
import { WordVectors } from "../../src/models/word-vectors.ts";

const corpus = speechCorpus();

test("there are as many opposites as synonyms, no pair twice, and none in both lists", () => {
  const keys = [...opposites, ...synonyms].map((pair) => [...pair].sort().join(" "));

  expect(opposites.length).toBe(synonyms.length);
  expect(new Set(keys).size).toBe(keys.length);
});

test("every word of the lists occurs in the speeches often enough to have learned something", () => {
  const rare = [...opposites, ...synonyms]
    .flat()
    .filter((word) => (corpus.counts[corpus.words.indexOf(word)] ?? 0) < 30);

  expect(rare).toEqual([]);
});

test("the mean is over pairs: cosines 1 and 0 give one half", () => {
  const vectors = new WordVectors(["a", "b", "c"], Float32Array.of(1, 0, 2, 0, 0, 3));

  expect(
    meanSimilarity(vectors, [
      ["a", "b"],
      ["a", "c"],
    ]),
  ).toBeCloseTo(0.5, 12);
});

test("strangers are about as frequent as the words for which they stand, and the seed draws them", () => {
  const strangers = strangersOf(opposites, corpus.words, { seed: 1 });
  const rank = (word: string): number => corpus.words.indexOf(word);
  const apart = opposites.flatMap((pair, i) =>
    pair.map((word, side) => {
      const standIn = strangers[i]![side]!;
      return Math.abs(rank(standIn) - rank(word)) / Math.max(rank(word), 10);
    }),
  );

  expect(Math.max(...apart)).toBeLessThan(0.11);
  // In both directions, or strangers would be systematically rarer.
  const rarer = opposites.filter(([a], i) => rank(strangers[i]![0]) > rank(a)).length;
  expect(rarer).toBeGreaterThan(10);
  expect(rarer).toBeLessThan(38);
  expect(strangersOf(opposites, corpus.words, { seed: 1 })).toEqual(strangers);
  expect(strangersOf(opposites, corpus.words, { seed: 2 })).not.toEqual(strangers);
});
