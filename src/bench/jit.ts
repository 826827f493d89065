/**
 * The compiler: three networks trained eager and compiled, and the same in PyTorch, side by side on the same batches.
 *
 * Every side is a process of its own with its own threads, begins with the same weights, and trains a group of steps
 * at each turn. Losses are compared step by step.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/00-start.ipynb
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Benchmark, BenchmarkOptions, BenchmarkResult, Comparison } from "./benchmark.ts";
import { findingsOf } from "./training-findings.ts";
import { networks } from "./jit/networks.ts";
import { ourSides, torchSides } from "./jit/sides.ts";
import { writeTask } from "./jit/task.ts";
import { takeTurns } from "./rounds.ts";
import { DEFAULT_ENGINE, readSetting, type Setting } from "./setting.ts";
import type { TrainingSide } from "./training-side.ts";

/** Steps of a turn: long enough that a process finds its caches again, short enough that disturbances hit all. */
const STEPS = 10;
/** wasm takes ten times as long for a step. */
const STEPS_ELSEWHERE = 2;

async function run(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const setting = await readSetting("jit", options);
  // The other engines are timed on the language model alone.
  const names = setting.engine === DEFAULT_ENGINE ? Object.keys(networks) : ["gpt"];
  const comparisons: Comparison[] = [];
  for (const [place, name] of names.entries()) {
    const onProgress = (done: number, what: string): void =>
      setting.onProgress((place + done) / names.length, what);
    comparisons.push(...(await compareOn(name, { ...setting, onProgress })));
  }
  return { comparisons, versions: setting.versions };
}

/** Times one network on all sides. */
async function compareOn(name: string, setting: Setting): Promise<readonly Comparison[]> {
  const { rounds, engine, torch, onProgress } = setting;
  const network = (networks[name] as (typeof networks)[string])();
  const folder = mkdtempSync(join(tmpdir(), "glassbox-bench-"));
  const [compiled, eager] = ourSides(setting);
  const theirs = torch === undefined ? [] : torchSides(torch, { name, folder, ...setting });
  const sides = [eager, compiled, ...theirs];
  try {
    writeTask(network, folder);
    for (const side of sides) {
      onProgress(0, `${network.title}: ${side.name} gets ready`);
      await side.open({ network: name, folder });
    }
    const steps = engine === DEFAULT_ENGINE ? STEPS : STEPS_ELSEWHERE;
    for (const side of sides) {
      await side.steps(steps);
      side.forgetTimes();
    }
    await takeTurns(
      sides.map((side) => ({ name: side.name, round: () => side.steps(steps) })),
      { rounds, onProgress: (done) => onProgress(done, network.title) },
    );
    const findings = [...findingsOf(sides), ...(torch?.leftOut ?? [])];
    return pairsOf({ compiled, eager, theirs }).map(([ours, other], place) => ({
      work: network.title,
      amount: 1,
      unit: "step",
      ours: ours.times(),
      theirs: other.times(),
      findings: place === 0 ? findings : [],
    }));
  } finally {
    await Promise.all(sides.map((side) => side.end()));
    rmSync(folder, { recursive: true });
  }
}

/** Who is compared with whom: compiled with every other program, or with eager alone; eager with PyTorch. */
function pairsOf({
  compiled,
  eager,
  theirs,
}: {
  readonly compiled: TrainingSide;
  readonly eager: TrainingSide;
  readonly theirs: readonly TrainingSide[];
}): readonly (readonly [TrainingSide, TrainingSide])[] {
  const [first] = theirs;
  if (!first) return [[compiled, eager]];
  return [...theirs.map((other) => [compiled, other] as const), [eager, first]];
}

/** Eager and compiled steps of three networks, and PyTorch's. */
export const benchmark: Benchmark = {
  name: "jit",
  summary: "training steps eager, compiled, and in PyTorch",
  rounds: 10,
  minutes: 2,
  takes: ["against", "threads", "engine"],
  run,
};
