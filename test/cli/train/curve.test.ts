import { expect, test } from "vitest";

import { lossCurve } from "../../../src/cli/train/curve.ts";

test("losses are drawn on a scale of ratios, what is held out where nothing else stands", () => {
  const steps = [8, 4, 2, 1].map((loss, i) => ({ step: i + 1, loss }));
  const heldOut = [
    { step: 0, loss: 4 },
    { step: 4, loss: 1 },
  ];

  expect(lossCurve({ steps, heldOut }, { height: 4 })).toBe(
    `8.00 ┤●
4.00 ┤○●
2.00 ┤  ●
1.00 ┤   ●
     └────
      1  4   steps; ● loss, ○ held out
`,
  );
});

test("a column shows the mean of its steps, and the last step has its place", () => {
  const steps = [3, 5, 2, 2, 1, 1].map((loss, i) => ({ step: i + 1, loss }));

  expect(lossCurve({ steps, heldOut: [] }, { width: 3, height: 3 })).toBe(
    `4.00 ┤●
2.00 ┤ ●
1.00 ┤  ●
     └───
      1 6   steps; ● loss
`,
  );
});

test("a loss that is 0, or always the same, can be drawn", () => {
  const at = (...losses: number[]): string =>
    lossCurve(
      { steps: losses.map((loss, i) => ({ step: i + 1, loss })), heldOut: [] },
      { height: 2 },
    );

  expect(at(1, 0).split("\n").slice(0, 2)).toEqual(["1.00 ┤●", "0.00 ┤ ●"]);
  expect(at(0, 0).split("\n")[0]).toBe("0.00 ┤●●");
});

test("one step is no curve", () => {
  expect(lossCurve({ steps: [{ step: 1, loss: 2 }], heldOut: [] })).toBe("");
});
