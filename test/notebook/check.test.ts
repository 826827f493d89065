import { expect, test } from "vitest";

import { ConfigError } from "../../src/core/errors.ts";
import { Interrupted } from "../../src/core/interrupt.ts";
import { check, CheckFailed, notYet } from "../../src/notebook/check.ts";
import { printed } from "./host.ts";

const double = (list: number[]): number[] => list.map((x) => 2 * x);
const cases: [number[]][] = [[[1, 2]], [[0]]];

test("a right function and a right value get their mark", async () => {
  expect(
    await printed(() =>
      check("double", { mine: (list) => list.map((x) => x + x), reference: double, cases }),
    ),
  ).toBe("✓ double\n");
  expect(await printed(() => check("the loss", { got: 2.3, expected: 2.3000001 }))).toBe(
    "✓ the loss\n",
  );
});

test("an untouched stub is not yet, whether it throws or returns nothing", async () => {
  expect(
    await printed(() =>
      check("double", { mine: (): number[] => notYet(), reference: double, cases }),
    ),
  ).toBe("○ double: not yet\n");
  expect(
    await printed(() => check("double", { mine: () => undefined, reference: double, cases })),
  ).toBe("○ double: not yet\n");
  expect(await printed(() => check("the loss", { got: undefined, expected: 1 }))).toBe(
    "○ the loss: not yet\n",
  );
});

test("a wrong function is told its call, the first place and the largest difference", () => {
  const mySquare = (list: number[]): number[] => list.map((x) => x * x);

  expect(() =>
    check("double", { mine: mySquare, reference: double, cases: [[[0, 2]], [[1, 2, 5]]] }),
  ).toThrow(
    new CheckFailed(
      "double: mySquare([ 1, 2, 5 ]) differs in 2 of 3 places\nfirst at [0]: expected 2, got 1\nlargest difference at [2]: 15",
    ),
  );
});

test("a wrong value is told what was expected, with the hint of the chapter", () => {
  const hint = (got: number): string | undefined =>
    got < 0 ? "Is the sign of the logarithm right?" : undefined;

  expect(() => check("the loss", { got: -2.3, expected: 2.3, hint })).toThrow(
    new CheckFailed("the loss: expected 2.3, got -2.3\nIs the sign of the logarithm right?"),
  );
  expect(() => check("the loss", { got: 9, expected: 2.3, hint })).toThrow(
    new CheckFailed("the loss: expected 2.3, got 9"),
  );
});

test("lists of other lengths are told apart", () => {
  expect(() => check("tokens", { got: ["a"], expected: ["a", "b"] })).toThrow(
    new CheckFailed("tokens: expected [ 'a', 'b' ], got [ 'a' ] (2 entries expected, 1 came)"),
  );
});

test("an error of the function is told with its call and kept as the cause", () => {
  const broken = (): number[] => {
    throw new TypeError("x is not a function");
  };
  let thrown: unknown;
  try {
    check("double", { mine: broken, reference: double, cases });
  } catch (error) {
    thrown = error;
  }

  expect(thrown).toEqual(
    new CheckFailed(
      "double: broken([ 1, 2 ]) expected [ 2, 4 ], got an error: TypeError: x is not a function",
    ),
  );
  expect((thrown as CheckFailed).cause).toBeInstanceOf(TypeError);
});

test("a function that writes into its argument spoils no later call", async () => {
  const list = [3, 1, 2];
  const sorting = (numbers: number[]): number => numbers.sort((a, b) => a - b)[0] ?? 0;

  expect(
    await printed(() =>
      check("least", {
        mine: sorting,
        reference: (numbers) => Math.min(...numbers),
        cases: [[list]],
      }),
    ),
  ).toBe("✓ least\n");
  expect(list).toEqual([3, 1, 2]);
});

test("a check of nothing and a promise are mistakes, not successes", () => {
  expect(() => check("double", { mine: double, reference: double, cases: [] })).toThrow(
    new ConfigError(
      'check "double": expected at least one case, got none; nothing would be compared',
    ),
  );
  expect(() => check("later", { got: Promise.resolve(1), expected: Promise.resolve(1) })).toThrow(
    new ConfigError(
      'check "later": expected a value, got a promise; await it and check what comes out',
    ),
  );
});

test("Stop in a reader's function is Stop, and no wrong answer", () => {
  const stopped = (): number[] => {
    throw new Interrupted();
  };
  expect(() => check("double", { mine: stopped, reference: double, cases })).toThrow(Interrupted);
});

test("the stack of a wrong answer begins where the reader called check", () => {
  const wrong = (): void => check("double", { mine: () => [7], reference: double, cases });
  let stack = "";
  try {
    wrong();
  } catch (error) {
    stack = (error as Error).stack ?? "";
  }
  expect(stack.split("\n").find((line) => line.startsWith("    at "))).toContain("check.test.ts");
});
