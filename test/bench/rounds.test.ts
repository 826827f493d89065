import { expect, test } from "vitest";

import { secondsOf, summarize, takeTurns } from "../../src/bench/rounds.ts";
import { ConfigError } from "../../src/core/errors.ts";

test("sides take turns, each round in the other direction, and times stay with their side", async () => {
  const order: string[] = [];
  let turn = 0;
  const side = (name: string) => ({
    name,
    round: () => {
      order.push(name);
      return ++turn;
    },
  });

  const parts: number[] = [];
  const times = await takeTurns([side("a"), side("b"), side("c")], {
    rounds: 3,
    onProgress: (done) => parts.push(done),
  });

  expect(order.join("")).toBe("abccbaabc");
  expect(times).toEqual([
    { name: "a", seconds: [1, 6, 7] },
    { name: "b", seconds: [2, 5, 8] },
    { name: "c", seconds: [3, 4, 9] },
  ]);
  expect(parts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((turns) => turns / 9));
});

test.each([0, -1, 1.5, NaN])("%d rounds are refused", async (rounds) => {
  await expect(takeTurns([], { rounds })).rejects.toThrow(
    new ConfigError(
      `takeTurns: expected a whole number of rounds from 1, got ${rounds}; 5 is a good start`,
    ),
  );
});

test("the minimum, and the middle one of an odd and of an even count", () => {
  expect(summarize([5, 1, 9])).toEqual({ minimum: 1, median: 5 });
  expect(summarize([10, 1, 4, 2])).toEqual({ minimum: 1, median: 3 });
});

test("seconds are those that the work took, also one that is awaited", async () => {
  const seconds = await secondsOf(() => new Promise((resolve) => setTimeout(resolve, 60)));

  expect(seconds).toBeGreaterThan(0.05);
  expect(seconds).toBeLessThan(1);
});
