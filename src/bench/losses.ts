/**
 * Does a GPT learn as much here as in PyTorch? Whole runs on the same batches, each side from first weights of its own.
 *
 * A round is a run with another seed, on both sides the same settings, batches and rates; compared is the loss on all of
 * the held-out text.
 *
 * Source:  https://github.com/karpathy/nanoGPT, README ("I only have a macbook"), for the settings
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Benchmark, BenchmarkOptions, BenchmarkResult, BenchmarkTable } from "./benchmark.ts";
import { compareWithEach } from "./comparisons.ts";
import { takeTurns, type Side } from "./rounds.ts";
import { readSetting } from "./setting.ts";
import { gptWork } from "./train/gpt-task.ts";
import { gptSides } from "./train/sides.ts";
import { writeRun } from "./train/whole-run.ts";

async function run(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const work = gptWork("losses", options.preset);
  const setting = await readSetting("losses", options);
  const { rounds, onProgress, versions } = setting;
  const { steps } = work.training;
  const folder = mkdtempSync(join(tmpdir(), "glassbox-bench-"));
  // torch.compile computes what PyTorch does.
  const both = gptSides(setting, folder).slice(0, 2);
  const processes = both.map(({ start, how }) => ({ process: start(), how }));
  const losses = both.map((): number[] => []);
  const sides = both.map(({ name }, place): Side => {
    const { process, how } = processes[place]!;
    return {
      name,
      round: async () => {
        const seed = losses[place]!.length + 1;
        // Whoever comes first in a round writes what both read.
        writeRun({ ...work, training: { ...work.training, seed } }, folder);
        const answer = await process.ask({ do: "learn", folder, seed, ...how });
        losses[place]!.push(answer.validation as number);
        return answer.seconds as number;
      },
    };
  });
  try {
    onProgress(0, `${work.preset}, ${steps} steps for each seed and side`);
    const times = await takeTurns(sides, {
      rounds,
      onProgress: (done) => onProgress(done, work.preset),
    });
    const amount = { work: `train ${work.preset} and evaluate it`, amount: steps, unit: "steps" };
    const names = both.map(({ name }) => name);
    return {
      comparisons: compareWithEach(times, { ...amount, findings: [meansOf(names, losses)] }),
      tables: [lossTable(names, losses)],
      versions,
    };
  } finally {
    await Promise.all(processes.map(({ process }) => process.end()));
    rmSync(folder, { recursive: true });
  }
}

type Losses = readonly (readonly number[])[];

function lossTable(names: readonly string[], losses: Losses): BenchmarkTable {
  const seeds = losses[0]!.map((_, place) => `seed ${place + 1}`);
  return {
    title: "nats a token on the held-out text, at the end",
    rows: [
      ["side", ...seeds, "mean"],
      ...names.map((name, place) => [
        name,
        ...losses[place]!.map((loss) => loss.toFixed(4)),
        mean(losses[place]!).toFixed(4),
      ]),
    ],
  };
}

function meansOf(names: readonly string[], losses: Losses): string {
  const [ours, theirs] = losses.map(mean) as [number, number | undefined];
  if (theirs === undefined) return `the mean loss is ${ours.toFixed(4)}`;
  const difference = Math.abs(ours - theirs).toFixed(4);
  return `the means differ by ${difference}: ${names[0]} ${ours.toFixed(4)}, ${names[1]} ${theirs.toFixed(4)}`;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** The course's training and PyTorch's, by what they reach. */
export const benchmark: Benchmark = {
  name: "losses",
  summary: "what a trained GPT reaches here and in PyTorch, a seed each round",
  rounds: 3,
  minutes: 8,
  takes: ["preset", "against", "threads", "engine"],
  run,
};
