import { expect, test } from "vitest";

import { scoreSpread } from "../../src/experiments/score-spread.ts";

test("scores of random vectors have the deviation √D, divided 1, and one weight takes all without it", () => {
  const [raw, divided] = [false, true].map((is) => scoreSpread(64, { divided: is, seed: 1 }));

  expect(raw!.deviation).toBeCloseTo(8, 0);
  expect(divided!.deviation).toBeCloseTo(1, 1);
  expect(raw!.largest).toBeGreaterThan(0.85);
  expect(divided!.largest).toBeLessThan(0.45);
  expect(raw!.slope).toBeLessThan(divided!.slope / 2);
});
