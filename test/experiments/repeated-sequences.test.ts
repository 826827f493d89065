import { expect, test } from "vitest";

import { ConfigError } from "../../src/core/errors.ts";
import { Random } from "../../src/core/random.ts";
import { repeatedSequences } from "../../src/experiments/repeated-sequences.ts";

const options = { batch: 200, context: 24, vocabulary: 16, periods: [3, 9] } as const;
const { x, y, periods } = repeatedSequences(new Random(1), options);
const rowsOf = (all: Int32Array): number[][] =>
  Array.from({ length: 200 }, (_, row) => [...all.subarray(row * 24, row * 24 + 24)]);

test("each sequence repeats after its own period, and within one no token comes twice", () => {
  for (const [row, tokens] of rowsOf(x).entries()) {
    const period = periods[row]!;
    expect(tokens.slice(period)).toEqual(tokens.slice(0, -period));
    expect(new Set(tokens.slice(0, period)).size).toBe(period);
  }
});

test("y is x one place on", () => {
  expect(rowsOf(y).map((row) => row.slice(0, -1))).toEqual(rowsOf(x).map((row) => row.slice(1)));
});

test("every period occurs, every token occurs first, and the seed decides which", () => {
  expect([...new Set(periods)].sort((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8, 9]);
  expect(new Set(rowsOf(x).map(([first]) => first)).size).toBe(16);
  expect(repeatedSequences(new Random(1), options).x).toEqual(x);
  expect(repeatedSequences(new Random(2), options).x).not.toEqual(x);
});

test("a period longer than the vocabulary, or none, is refused", () => {
  const refused = (periods: readonly [number, number]): ConfigError =>
    new ConfigError(
      `repeatedSequences: expected periods from 1 to the 16 tokens, got ${periods[0]} to ${periods[1]}; a period has no token twice`,
    );
  for (const wrong of [
    [3, 17],
    [0, 3],
    [5, 4],
  ] as const) {
    expect(() => repeatedSequences(new Random(1), { ...options, periods: wrong })).toThrow(
      refused(wrong),
    );
  }
});
