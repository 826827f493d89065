import { expect, test } from "vitest";

import { median } from "../../src/core/median.ts";

test("the median is the middle by size, or the mean of the two in the middle", () => {
  expect(median([10, 1, 2])).toBe(2);
  expect(median([10, 1, 2, 4])).toBe(3);
  expect(median([])).toBeNaN();
});

test("the numbers stay in their order", () => {
  const numbers = [3, 1, 2];
  median(numbers);
  expect(numbers).toEqual([3, 1, 2]);
});
