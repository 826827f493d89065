import { expect, test } from "vitest";

import {
  genderLean,
  known,
  leanByFrequency,
  sortedRightly,
} from "../../src/experiments/gender-lean.ts";
import { WordVectors } from "../../src/models/word-vectors.ts";

const hers = ["she", "her", "woman", "women"];
const his = ["he", "his", "man", "men"];

/** The ruler's words at right angles, each other word on the side that `sideOf` says. */
function vectorsOf(
  others: readonly string[],
  sideOf: (word: string) => [number, number],
): WordVectors {
  const rows = [...hers.map(() => [1, 0]), ...his.map(() => [0, 1]), ...others.map(sideOf)];
  return new WordVectors([...hers, ...his, ...others], Float32Array.from(rows.flat()));
}

test("a word on the side of she leans by +1, on the side of he by −1, and between them not at all", () => {
  const vectors = vectorsOf(["a", "b", "c"], (word) =>
    word === "a" ? [2, 0] : word === "b" ? [0, 3] : [1, 1],
  );

  expect(genderLean(vectors, "a")).toBeCloseTo(1, 12);
  expect(genderLean(vectors, "b")).toBeCloseTo(-1, 12);
  expect(genderLean(vectors, "c")).toBeCloseTo(0, 6);
});

test("the ruler sorts all pairs, none, or some", () => {
  const all = [...known.women, ...known.men];
  const women = new Set(known.women);

  expect(sortedRightly(vectorsOf(all, (word) => (women.has(word) ? [1, 0] : [0, 1])))).toBe(1);
  expect(sortedRightly(vectorsOf(all, (word) => (women.has(word) ? [0, 1] : [1, 0])))).toBe(0);
  const first = known.women[0];
  const part = sortedRightly(vectorsOf(all, (word) => (word === first ? [1, 0] : [0, 1])));
  expect(part).toBeCloseTo(1 / known.women.length, 12);
});

test("a lean that grows with the logarithm of the count has correlation 1", () => {
  const others = Array.from({ length: 8000 }, (_, i) => `w${i}`);
  const words = [...hers, ...his, ...others];
  const counts = Int32Array.from(words, (_, rank) => Math.round(1e7 * Math.exp(-rank / 1000)));
  // The lean (x − y) / |(x, y)| of (cos t, sin t) is √2 cos(t + 45°): t is chosen so that it falls with the rank.
  const vectors = vectorsOf(others, (word) => {
    const t = Math.acos((0.9 - Number(word.slice(1)) / 8000) / Math.SQRT2) - Math.PI / 4;
    return [Math.cos(t), Math.sin(t)];
  });
  const corpus = { words, counts, ids: new Int32Array(), starts: Int32Array.of(0), total: 0 };

  expect(leanByFrequency(vectors, corpus)).toBeCloseTo(1, 3);
});
