import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Setting } from "../../../src/bench/setting.ts";
import { readTaskFiles, writeTaskFiles } from "../../../src/bench/task-files.ts";
import { batchesOf, gptTask, gptWork } from "../../../src/bench/train/gpt-task.ts";
import { gptSides } from "../../../src/bench/train/sides.ts";
import { rowsOf, writeRun } from "../../../src/bench/train/whole-run.ts";
import { WritingSide } from "../../../src/bench/train/writing-side.ts";
import { TrainingSide } from "../../../src/bench/training-side.ts";
import { Windows } from "../../../src/data/windows.ts";

const work = gptWork("train", "tiny");
const setting: Setting = {
  ...{ rounds: 1, threads: 1, engine: "tensorflow", torch: undefined, versions: {} },
  onProgress: () => undefined,
};

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gpt-task-"));
  writeTaskFiles(await gptTask(work, { engine: "cpu" }), folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("a preset that there is not is refused with those that there are", () => {
  expect(() => gptWork("train", "huge")).toThrow(
    'glassbox bench train: expected a preset, tiny, nano-shakespeare, shakespeare, gpt1, gpt2, gpt2-medium, gpt2-large, gpt2-xl, got "huge"',
  );
});

test("our side trains from the first weights of the task, and its memory and first loss are known", async () => {
  const [ours] = gptSides(setting, folder);
  const side = new TrainingSide(ours.name, ours.start, ours.how);
  try {
    await side.open({ folder, for: "training" });
    await side.steps(5);
  } finally {
    await side.end();
  }
  // Before it has learned, any character is about as likely as any other.
  expect(Math.abs(side.losses[0]! - Math.log(work.model.vocabulary))).toBeLessThan(1);
  expect(side.losses.at(-1)).toBeLessThan(side.losses[0]!);
  expect(side.firstLoss).toBeGreaterThan(side.compiling);
  expect(side.memory).toBeGreaterThan(100);
});

test("our side writes so many tokens, each timed, the same each time", async () => {
  const side = new WritingSide(gptSides(setting, folder)[0]);
  try {
    await side.open({ folder });
    const text = { prompt: [1], tokens: 12 };
    await side.write(text);
    const first = side.ids;
    expect(first).toHaveLength(12);
    expect(await side.write(text)).toBeGreaterThan(0);
    expect(side.ids).toEqual(first);
    expect(side.tokens.map((each) => each.length)).toEqual([12, 12]);
  } finally {
    await side.end();
  }
});

test("a whole run has the windows that training reads, and the rate of each step", () => {
  const training = { ...work.training, steps: 3, warmUp: 1, seed: 7 };
  writeRun({ ...work, training }, folder);
  const { config, batches } = readTaskFiles(folder);
  const { batch, seed } = training;
  const windows = new Windows(work.corpus.train, { batch, context: work.model.context, seed });
  const first = windows.next();

  expect(batches.count).toBe(3);
  expect(batches.x.values.slice(0, first.x.length)).toEqual(first.x);
  // Half of the peak in the warm-up, then the peak, then the floor.
  const rates = config.rates as number[];
  [0.005, 0.01, 0.001].forEach((rate, step) => expect(rates[step]).toBeCloseTo(rate, 12));
  expect(rates).toHaveLength(3);
});

test("held-out rows do not overlap, and each has the token after it", () => {
  const rows = rowsOf(Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), { batch: 2, context: 2 });
  expect(rows.map(({ x, y }) => [[...x], [...y]])).toEqual([
    [
      [0, 1, 2, 3],
      [1, 2, 3, 4],
    ],
    [
      [4, 5, 6, 7],
      [5, 6, 7, 8],
    ],
  ]);
  const joined = batchesOf(rows, [2, 2]);
  expect([...joined.y.values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(joined.count).toBe(2);
});
