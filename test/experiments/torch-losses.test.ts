import { expect, test } from "vitest";

import { torchLosses } from "../../src/experiments/torch-losses.ts";
import { trainPresets } from "../../src/train/presets.ts";

test("the file of PyTorch's losses has a number for each part of the preset's steps, falling", () => {
  const { preset, every, runs, version, how } = torchLosses();
  const { steps } = trainPresets[preset as keyof typeof trainPresets].training;

  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(how).toContain("src/bench/train/training.py");
  expect(runs.map(({ seed }) => seed)).toEqual([1, 2, 3]);
  for (const { losses, validation } of runs) {
    expect(losses.length).toBe(steps / every);
    // The first part is a mean over 50 steps: about 3.5 nats, not ln 81.
    expect(losses.at(-1)).toBeLessThan(losses[0]! - 1);
    expect(validation).toBeGreaterThan(1.5);
    expect(validation).toBeLessThan(2);
  }
});
