import { expect, test } from "vitest";

import { experiment, shaped } from "../../src/experiments/warm-up.ts";
import { learningRate } from "../../src/train/schedule.ts";

const ends = (shape: Parameters<typeof shaped>[0]): readonly [number, number] => {
  const config = shaped(shape, { rate: 0.01, seed: 1 });
  const schedule = { ...config, peak: config.learningRate };
  return [learningRate(1, schedule), learningRate(config.steps, schedule)];
};

test("without warm-up the first rate is the peak, without the cosine the last one is", () => {
  expect(ends("both")[0]).toBeLessThan(0.001);
  expect(ends("both")[1]).toBeCloseTo(0.001, 12);
  expect(ends("noWarmUp")[0]).toBeCloseTo(0.01, 12);
  expect(ends("noWarmUp")[1]).toBeCloseTo(0.001, 12);
  expect(ends("noCosine")[0]).toBeLessThan(0.001);
  expect(ends("noCosine")[1]).toBe(0.01);
});

test("there is a value for each of three shapes at two rates", () => {
  expect(Object.keys(experiment.values)).toEqual([
    "moderate_both",
    "moderate_noWarmUp",
    "moderate_noCosine",
    "high_both",
    "high_noWarmUp",
    "high_noCosine",
  ]);
});
