import { expect, test } from "vitest";

import { isInside } from "../../src/core/band.ts";

test.each([
  [2.1, true],
  [2.5, true],
  [2.3, true],
  [2.0999, false],
  [2.5001, false],
  [NaN, false],
  [Infinity, false],
])("%d in the band 2.1 to 2.5: %s", (value, inside) => {
  expect(isInside(value, [2.1, 2.5])).toBe(inside);
});

test("a band of one number takes another rounding of it, and nothing else", () => {
  expect(isInside(0.1 + 0.2, [0.3, 0.3])).toBe(true);
  expect(isInside(0.3000001, [0.3, 0.3])).toBe(false);
  expect(isInside(4096, [4096, 4096])).toBe(true);
  expect(isInside(4097, [4096, 4096])).toBe(false);
  expect(isInside(0, [0, 0])).toBe(true);
  expect(isInside(1e-12, [0, 0])).toBe(false);
});
