import { tensor2d } from "@tensorflow/tfjs";
import { expect, test } from "vitest";

import { compare } from "../../src/notebook/compare.ts";

test("numbers within the tolerance are equal, in any kind of list", () => {
  expect(compare([1, [2, 3 + 1e-7]], [1, [2, 3]]).differing).toBe(0);
  expect(compare(Float32Array.of(0.1), [0.1]).differing).toBe(0);
  expect(compare(new Map([["a", 1]]), new Map([["a", 1]])).differing).toBe(0);
  expect(compare([NaN, -Infinity], [NaN, -Infinity]).differing).toBe(0);
  expect(compare(1_000_001, 1_000_000).differing).toBe(0);
  expect(compare(1.1, 1, 0.06).differing).toBe(0);
});

test("a tensor is compared by its numbers", () => {
  const tensor = tensor2d([
    [1, 2],
    [3, 4],
  ]);
  const found = compare(tensor, [
    [1, 2],
    [3, 5],
  ]);
  tensor.dispose();

  expect(found.first).toEqual({ path: "[1][1]", got: 4, expected: 5 });
});

test("the first place that differs and the largest difference are found", () => {
  expect(compare({ loss: [1, 2.5, 9] }, { loss: [1, 2, 3] })).toEqual({
    total: 3,
    differing: 2,
    first: { path: ".loss[1]", got: 2.5, expected: 2 },
    largest: { path: ".loss[2]", by: 6 },
  });
});

test.each<[unknown, unknown]>([
  [
    [1, 2],
    [1, 2, 3],
  ],
  ["a", "b"],
  [1, "1"],
  [0.1, NaN],
  [{ a: 1 }, { b: 1 }],
  [null, undefined],
  [true, false],
])("%o is not %o", (got, expected) => {
  expect(compare(got, expected).differing).toBe(1);
});
