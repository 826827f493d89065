import { expect, test } from "vitest";

import { count, formatFor, rounded, say } from "../../src/plot/numbers.ts";

test.each([
  [0, "0"],
  [-2, "-2"],
  [14431, "14,431"],
  [1234567.8, "1,234,568"],
  [-1234.5, "-1,235"],
  [2.3149, "2.31"],
  [0.00042, "0.00042"],
  [1.2345e-7, "1.23e-7"],
  [1e21, "1e+21"],
])("%d is said as %s", (value, text) => {
  expect(say(value)).toBe(text);
});

test("a specification keeps 5 digits, and whole numbers whole", () => {
  expect([0.123456789, 1234.5678, 20_000_001].map(rounded)).toEqual([0.12346, 1234.6, 20_000_001]);
});

test("one thing is singular", () => {
  expect([count(1, "point"), count(0, "point"), count(2, "box", "boxes")]).toEqual([
    "1 point",
    "0 points",
    "2 boxes",
  ]);
});

test("the format of a chart suits all its values", () => {
  expect([formatFor([1, 20]), formatFor([0.5, 2000]), formatFor([0.5, 2])]).toEqual([
    ",d",
    ",.0f",
    ".3~g",
  ]);
});
