import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { keepLargest, keepNucleus } from "../../src/generate/filters.ts";

/** Whole numbers, many of them equal, so that sums are exact and ties are met. */
const weights = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 });

/** The places from the largest number to the smallest, of equal ones the first before. */
const order = (numbers: readonly number[]): number[] =>
  numbers.map((_, i) => i).sort((a, b) => numbers[b]! - numbers[a]! || a - b);

const only = (numbers: readonly number[], kept: readonly number[]): number[] =>
  numbers.map((number, i) => (kept.includes(i) ? number : 0));

describe("the k largest numbers", () => {
  test("are those at the head of a full sort, of equal ones the first", () => {
    fc.assert(
      fc.property(weights, fc.nat(), (numbers, seed) => {
        const k = 1 + (seed % numbers.length);
        const filtered = Float64Array.from(numbers);
        keepLargest(filtered, k);
        expect([...filtered]).toEqual(only(numbers, order(numbers).slice(0, k)));
      }),
      { numRuns: 500 },
    );
  });

  test("of many equal numbers are found without going through them for each", () => {
    const same = new Float64Array(200_000).fill(1);
    const start = performance.now();
    keepLargest(same, 100_000);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(same.lastIndexOf(1)).toBe(99_999);
  });
});

describe("the fewest numbers that add up to a share", () => {
  test("are those at the head of a full sort up to the one that reaches it", () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 15 }), (numbers, sixteenths) => {
        fc.pre(numbers.some((number) => number > 0));
        const p = sixteenths / 16;
        const total = numbers.reduce((a, b) => a + b);
        let sum = 0;
        let n = 0;
        for (const place of order(numbers)) {
          if (sum >= p * total) break;
          sum += numbers[place]!;
          n++;
        }
        const filtered = Float64Array.from(numbers);
        keepNucleus(filtered, p);
        expect([...filtered]).toEqual(only(numbers, order(numbers).slice(0, n)));
      }),
      { numRuns: 500 },
    );
  });

  test.each([Number.MIN_VALUE, 1 - Number.EPSILON / 2])("are at least one, for %d", (p) => {
    const numbers = Float64Array.of(0.1, 0.7, 0.2);
    keepNucleus(numbers, p);
    expect(numbers[1]).toBe(0.7);
    expect([...numbers].filter((number) => number > 0)).toHaveLength(p < 0.5 ? 1 : 3);
  });
});
