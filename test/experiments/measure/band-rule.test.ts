import { expect, test } from "vitest";

import { ConfigError } from "../../../src/core/errors.ts";
import { bandFrom } from "../../../src/experiments/measure/band-rule.ts";

const ten = [3, 2.5, 2, 2.2, 2.9, 2.4, 2.6, 2.7, 2.1, 2.8];

test("least to greatest, widened on each side by half the width", () => {
  // 2 to 3 is 1 wide: half of it on each side.
  expect(bandFrom(ten)).toEqual([1.5, 3.5]);
});

test("a rate is cut off at 0 and at 1, other values are not", () => {
  const low = ten.map((value) => (value - 2) / 10); // 0 to 0.1
  const high = ten.map((value) => 1 - (value - 2) / 10); // 0.9 to 1

  expect(bandFrom(low, { rate: true })).toEqual([0, 0.15]);
  expect(bandFrom(high, { rate: true })).toEqual([0.85, 1]);
  expect(bandFrom(low)).toEqual([-0.05, 0.15]);
});

test("where all seeds agree the band is that one number, as it is", () => {
  expect(bandFrom(ten.map(() => 0.1 + 0.2))).toEqual([0.1 + 0.2, 0.1 + 0.2]);
});

test("noise of sums is not kept, and every measured value stays inside", () => {
  const measured = ten.map((value) => value / 10 + 0.1);
  const [low, high] = bandFrom(measured);

  expect([low, high]).toEqual([0.25, 0.45]);
});

test("nine seeds are too few", () => {
  expect(() => bandFrom(ten.slice(1))).toThrow(
    new ConfigError("bandFrom: expected the values of at least 10 seeds, got 9; measure more"),
  );
});
