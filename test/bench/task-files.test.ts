import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

import { batchOf, readTaskFiles, writeTaskFiles } from "../../src/bench/task-files.ts";

test("a task that was written is read again, its batches come round", () => {
  const folder = mkdtempSync(join(tmpdir(), "task-"));
  const task = {
    name: "gpt",
    config: { model: { layers: 2 } },
    weights: [
      { name: "a", shape: [2, 2], numbers: Float32Array.of(1, 2, 3, 4) },
      { name: "b", shape: [1], numbers: Float32Array.of(5) },
    ],
    batches: {
      count: 2,
      x: { shape: [1, 2], values: Int32Array.of(1, 2, 3, 4) },
      y: { shape: [1, 2], values: Int32Array.of(2, 3, 4, 5) },
    },
  };
  writeTaskFiles(task, folder);
  const read = readTaskFiles(folder);
  rmSync(folder, { recursive: true });

  expect(read).toEqual(task);
  expect(batchOf(read.batches, 1)).toEqual({ x: Int32Array.of(3, 4), y: Int32Array.of(4, 5) });
  expect(batchOf(read.batches, 2)).toEqual(batchOf(read.batches, 0));
});
