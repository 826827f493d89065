import { expect, it } from "vitest";

import { learningRate } from "../../src/train/schedule.ts";

const schedule = { peak: 1, warmUp: 4, steps: 13, floor: 0.2 };

it("rises in a straight line, falls along a cosine, and ends on the floor", () => {
  const rates = Array.from({ length: 15 }, (_, before) => learningRate(before + 1, schedule));
  // The way down has 8 parts: step 9 is half of it, 7 and 11 the quarters, where the cosine is ±√½.
  expect(rates.slice(0, 5)).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
  expect(rates[6]).toBeCloseTo(0.6 + 0.4 * Math.SQRT1_2, 12);
  expect(rates[8]).toBeCloseTo(0.6, 12);
  expect(rates[10]).toBeCloseTo(0.6 - 0.4 * Math.SQRT1_2, 12);
  expect(rates.slice(12)).toEqual([0.2, 0.2, 0.2]);
});

it("begins at the peak without a warm-up, and is a number in the shortest runs", () => {
  expect(learningRate(1, { ...schedule, warmUp: 0 })).toBe(1);
  expect(learningRate(1, { ...schedule, warmUp: 0, steps: 1 })).toBe(0.2);
  expect(learningRate(2, { ...schedule, warmUp: 1, steps: 2 })).toBe(0.2);
  expect(learningRate(3, { ...schedule, warmUp: 9, steps: 3 })).toBe(0.3);
});
