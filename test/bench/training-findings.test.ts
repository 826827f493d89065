import { expect, test } from "vitest";

import { findingsOf, type Trained } from "../../src/bench/training-findings.ts";

const side = (name: string, seconds: readonly number[], compiling = 0): Trained => ({
  name,
  compiling,
  firstLoss: 1.5,
  losses: [4, 2],
  memory: 321.4,
  times: () => ({ name, seconds }),
});
const ours = [side("eager", [0.05, 0.04]), side("compiled", [0.03, 0.02, 0.09], 0.347)];

test("says what part of PyTorch's time each takes by the minima, its losses, compiling and memory", () => {
  expect(findingsOf([...ours, side("PyTorch", [0.06, 0.04])])).toEqual([
    "parts of PyTorch's time, by the minima: eager 1.00, compiled 0.50",
    "the losses of all 3 sides agree to five digits over 2 steps: 4.00000 at step 1, 2.00000 at step 2",
    "from the start of a process to its first loss: eager 1.50 s, compiled 1.50 s, PyTorch 1.50 s",
    "trace, graph and first run, before the clock: compiled 0.35 s",
    "memory at most: eager 321 MB, compiled 321 MB, PyTorch 321 MB",
  ]);
});

test("without PyTorch there are no parts of its time", () => {
  expect(findingsOf(ours)).toHaveLength(4);
  expect(findingsOf(ours).join()).not.toContain("PyTorch");
});

test("losses are not compared of one side alone, nor where each side drops for itself", () => {
  expect(findingsOf(ours.slice(0, 1)).join()).not.toContain("losses");
  expect(findingsOf(ours, { comparable: false }).join()).not.toContain("losses");
});
