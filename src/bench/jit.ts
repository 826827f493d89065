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

import { ConfigError } from "../core/errors.ts";
import { packageRoot } from "../core/package-root.ts";
import type { Benchmark, BenchmarkOptions, BenchmarkResult, Comparison } from "./benchmark.ts";
import { compareLosses } from "./jit/losses.ts";
import { networks } from "./jit/networks.ts";
import { DEFAULT_ENGINE, TrainingSide, ourProcess, torchProcess } from "./jit/side.ts";
import { writeTask } from "./jit/task.ts";
import { PythonProcess } from "./python-process.ts";
import { referencePython } from "./reference-python.ts";
import { installedVersion } from "./report.ts";
import { takeTurns } from "./rounds.ts";

/** Steps of a turn: long enough that a process finds its caches again, short enough that disturbances hit all. */
const STEPS = 10;
/** wasm takes ten times as long for a step. */
const STEPS_ELSEWHERE = 2;

interface Setting extends Required<Pick<BenchmarkOptions, "rounds" | "threads" | "engine">> {
  /** The Python with PyTorch, when it takes part. */
  readonly python: string | undefined;
  readonly onProgress: (done: number, what: string) => void;
}

async function run(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const { rounds, threads = 1, engine = DEFAULT_ENGINE, against } = options;
  if (against !== undefined && against !== "torch") {
    throw new ConfigError(`glassbox bench jit: expected --against torch, got "${against}"`);
  }
  const onProgress = options.onProgress ?? ((): void => undefined);
  const python = against && (await torchPython((what) => onProgress(0, what)));
  const versions = {
    "@tensorflow/tfjs": installedVersion("@tensorflow/tfjs"),
    ...(python !== undefined && (await torchVersions(python))),
    threads: String(threads),
  };
  // The other engines are timed on the language model alone.
  const names = engine === DEFAULT_ENGINE ? Object.keys(networks) : ["gpt"];
  const comparisons: Comparison[] = [];
  for (const [place, name] of names.entries()) {
    const part = (done: number, what: string): void =>
      onProgress((place + done) / names.length, what);
    const setting = { rounds, threads, engine, python, onProgress: part };
    comparisons.push(...(await compareOn(name, setting)));
  }
  return { comparisons, versions };
}

/** Times one network on all sides. */
async function compareOn(
  name: string,
  { rounds, threads, engine, python, onProgress }: Setting,
): Promise<readonly Comparison[]> {
  const network = (networks[name] as (typeof networks)[string])();
  const folder = mkdtempSync(join(tmpdir(), "glassbox-bench-"));
  const eager = new TrainingSide("eager", ourProcess(threads));
  const compiled = new TrainingSide("compiled", ourProcess(threads));
  const torch =
    python === undefined
      ? []
      : [
          new TrainingSide("PyTorch", torchProcess(python, threads)),
          new TrainingSide("torch.compile", torchProcess(python, threads)),
        ];
  const sides = [eager, compiled, ...torch];
  try {
    writeTask(network, folder);
    const costs: number[] = [];
    for (const side of sides) {
      onProgress(0, `${network.title}: ${side.name} gets ready`);
      const isCompiled = side === compiled || side.name === "torch.compile";
      costs.push(await side.open({ network: name, folder, threads, engine, compiled: isCompiled }));
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
    const findings = [
      compareLosses(sides),
      `getting ready took ${sides.map(({ name }, side) => `${name} ${(costs[side] as number).toFixed(2)} s`).join(", ")}`,
      `memory at most: ${sides.map(({ name, memory }) => `${name} ${memory.toFixed(0)} MB`).join(", ")}`,
    ];
    return pairs({ eager, compiled, torch }).map(([ours, theirs], place) => ({
      work: network.title,
      amount: 1,
      unit: "step",
      ours: ours.times(),
      theirs: theirs.times(),
      findings: place === 0 ? findings : [],
    }));
  } finally {
    await Promise.all(sides.map((side) => side.end()));
    rmSync(folder, { recursive: true });
  }
}

/** Which side is compared with which: compiled with all others, eager with PyTorch. */
function pairs({
  eager,
  compiled,
  torch: [plain, optimized],
}: {
  readonly eager: TrainingSide;
  readonly compiled: TrainingSide;
  readonly torch: readonly TrainingSide[];
}): readonly (readonly [TrainingSide, TrainingSide])[] {
  if (!plain || !optimized) return [[compiled, eager]];
  return [
    [compiled, plain],
    [compiled, optimized],
    [eager, plain],
  ];
}

async function torchPython(onStep: (what: string) => void): Promise<string> {
  return referencePython({
    requirements: join(packageRoot(), "src", "bench", "jit", "requirements.txt"),
    folder: "torch",
    onStep: (what) => onStep(`PyTorch, 1 GB or more: ${what}`),
  });
}

async function torchVersions(python: string): Promise<Record<string, string>> {
  const script = join(packageRoot(), "src", "bench", "jit", "networks.py");
  const process = new PythonProcess(script, { python });
  try {
    return (await process.ask({ do: "versions" })) as Record<string, string>;
  } finally {
    await process.end();
  }
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
