import { expect, test } from "vitest";

import { Bigram } from "../../src/models/bigram.ts";

// a b a c a b: after a comes b twice and c once; a is seen 3 times, b 2, c 1.
const [a, b, c] = [0, 1, 2] as const;
const ids = [a, b, a, c, a, b];
const model = new Bigram(ids, { vocabulary: 3, prior: 3 });

test("probabilities are those of the formula, by hand", () => {
  // p(b) = (2 + 1) / (6 + 3) = 1/3; p(b | a) = (2 + 3 · 1/3) / (3 + 3) = 1/2.
  expect(model.share(b)).toBeCloseTo(1 / 3, 12);
  expect(model.probability(a, b)).toBeCloseTo(1 / 2, 12);
  // b was followed by a once, and its second sighting ends the text: (1 + 3 · 4/9) / (1 + 3) = 7/12.
  expect(model.probability(b, a)).toBeCloseTo(7 / 12, 12);
  // c never followed b: (0 + 3 · 2/9) / (1 + 3) = 1/6.
  expect(model.probability(b, c)).toBeCloseTo(1 / 6, 12);
});

test("the probabilities after each token add up to one, also after one never seen", () => {
  const wide = new Bigram(ids, { vocabulary: 5 });
  for (let previous = 0; previous < 5; previous++) {
    expect(wide.probabilities(previous).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  }
});

test("the loss is the mean surprise in nats", () => {
  expect([...model.losses([a, b, c])]).toEqual([
    -Math.log(model.probability(a, b)),
    -Math.log(model.probability(b, c)),
  ]);
  expect(model.loss([a, b, c])).toBeCloseTo((Math.log(2) + Math.log(6)) / 2, 12);
});

test("a model that has seen nothing guesses evenly: ln V nats", () => {
  expect(new Bigram([], { vocabulary: 8 }).loss([1, 5, 7])).toBeCloseTo(Math.log(8), 12);
});

test("what it writes has the pairs of what it read, in their shares", () => {
  const written = [a, ...model.write(a, { count: 20_000, seed: 1 })];
  const afterA = written.filter((_, i) => written[i - 1] === a);
  const shareOfB = afterA.filter((id) => id === b).length / afterA.length;
  // About 8,500 draws at p = 1/2: four standard deviations are 0.022.
  expect(Math.abs(shareOfB - model.probability(a, b))).toBeLessThan(0.022);
});

test("the same seed writes the same, another seed writes something else", () => {
  const write = (seed: number) => [...model.write(a, { count: 50, seed })].join("");
  expect(write(1)).toBe(write(1));
  expect(write(1)).not.toBe(write(2));
});

test("a low temperature takes the likeliest token, a high one evens the odds out", () => {
  const cold = [...model.write(a, { count: 4, seed: 1, temperature: 0.01 })];
  expect(cold).toEqual([b, a, b, a]);
  const hot = [...model.write(a, { count: 9_000, seed: 1, temperature: 1000 })];
  for (const id of [a, b, c]) {
    expect(Math.abs(hot.filter((one) => one === id).length / 9_000 - 1 / 3)).toBeLessThan(0.02);
  }
});

test("what cannot be is refused with a sentence", () => {
  expect(() => new Bigram([3], { vocabulary: 3 })).toThrow(
    "Bigram: expected ids from 0 to 2, got 3; encode with the tokenizer whose vocabulary was given",
  );
  expect(() => new Bigram([], { vocabulary: 3, prior: 0 })).toThrow(
    "Bigram: expected a prior above 0, got 0; without one, a pair never seen has no finite loss",
  );
  expect(() => model.loss([1])).toThrow(
    "Bigram.loss: expected at least 2 ids, got 1; a pair is the least to judge",
  );
  expect(() => [...model.write(a, { count: 1, seed: 1, temperature: 0 })]).toThrow(
    "Bigram.write: expected a temperature above 0, got 0; 0.01 nearly always takes the likeliest",
  );
});
