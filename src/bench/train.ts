/**
 * Training a GPT: the course's own model and training step beside PyTorch, on the same batches from the same weights.
 *
 * A step is upload, forward, gradients, clipping, AdamW and the reading of the loss. Every side is a process of its own
 * and trains a group of steps at each turn.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Benchmark, BenchmarkOptions, BenchmarkResult } from "./benchmark.ts";
import { compareWithEach } from "./comparisons.ts";
import { findingsOf } from "./training-findings.ts";
import { takeTurns } from "./rounds.ts";
import { DEFAULT_ENGINE, readSetting } from "./setting.ts";
import { writeTaskFiles } from "./task-files.ts";
import { gptTask, gptWork } from "./train/gpt-task.ts";
import { gptSides } from "./train/sides.ts";
import { TrainingSide } from "./training-side.ts";

/** Steps of a turn: long enough that a process finds its caches again, short enough that disturbances hit all. */
const STEPS = 10;
/** The other engines take several times as long for a step. */
const STEPS_ELSEWHERE = 2;

async function run(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const work = gptWork("train", options.preset);
  const setting = await readSetting("train", options);
  const { engine, rounds, onProgress, torch, versions } = setting;
  const folder = mkdtempSync(join(tmpdir(), "glassbox-bench-"));
  const sides = gptSides(setting, folder).map(
    ({ name, start, how }) => new TrainingSide(name, start, how),
  );
  try {
    writeTaskFiles(await gptTask(work, { engine }), folder);
    for (const side of sides) {
      onProgress(0, `${side.name} gets ready`);
      await side.open({ folder, for: "training" });
    }
    const steps = engine === DEFAULT_ENGINE ? STEPS : STEPS_ELSEWHERE;
    for (const side of sides) {
      await side.steps(steps);
      side.forgetTimes();
    }
    const turns = sides.map((side) => ({ name: side.name, round: () => side.steps(steps) }));
    await takeTurns(turns, { rounds, onProgress: (done) => onProgress(done, work.preset) });
    // What is dropped is drawn by each side for itself.
    const findings = findingsOf(sides, { comparable: work.model.dropout === 0 });
    const comparisons = compareWithEach(
      sides.map((side) => side.times()),
      {
        work: `train ${work.preset}`,
        amount: 1,
        unit: "step",
        findings: [...findings, ...(torch?.leftOut ?? [])],
      },
    );
    return { comparisons, versions };
  } finally {
    await Promise.all(sides.map((side) => side.end()));
    rmSync(folder, { recursive: true });
  }
}

/** The course's training step and PyTorch's. */
export const benchmark: Benchmark = {
  name: "train",
  summary: "training a GPT, clipping and AdamW included, and in PyTorch",
  rounds: 10,
  minutes: 2,
  takes: ["preset", "against", "threads", "engine"],
  run,
};
