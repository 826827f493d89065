/**
 * Writing with a GPT, token by token with a cache of keys and values: the course's own beside PyTorch.
 *
 * Every side writes the same text, from one token up to the context, always the likeliest token next.
 *
 * Source:  Shazeer (2019), "Fast Transformer Decoding", section 2.4, https://arxiv.org/abs/1911.02150
 * Chapter: notebooks/12-gpt.ipynb
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { median } from "../core/median.ts";
import type { Benchmark, BenchmarkOptions, BenchmarkResult, BenchmarkTable } from "./benchmark.ts";
import { compareWithEach } from "./comparisons.ts";
import { takeTurns } from "./rounds.ts";
import { readSetting } from "./setting.ts";
import { writeTaskFiles } from "./task-files.ts";
import { gptTask, gptWork } from "./train/gpt-task.ts";
import { gptSides } from "./train/sides.ts";
import { WritingSide } from "./train/writing-side.ts";

/** Tokens whose median stands for a place. */
const AROUND = 5;

async function run(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const work = gptWork("generate", options.preset);
  const setting = await readSetting("generate", options);
  const { engine, rounds, onProgress, torch, versions } = setting;
  const { context } = work.model;
  const text = { prompt: [1], tokens: context - 1 };
  const folder = mkdtempSync(join(tmpdir(), "glassbox-bench-"));
  const sides = gptSides(setting, folder).map((side) => new WritingSide(side));
  try {
    writeTaskFiles(await gptTask(work, { engine }), folder);
    for (const side of sides) {
      onProgress(0, `${side.name} gets ready`);
      await side.open({ folder });
      await side.write(text);
      side.forgetTimes();
    }
    const turns = sides.map((side) => ({ name: side.name, round: () => side.write(text) }));
    const times = await takeTurns(turns, {
      rounds,
      onProgress: (done) => onProgress(done, work.preset),
    });
    const findings = [
      compareIds(sides),
      `memory at most: ${sides.map(({ name, memory }) => `${name} ${memory.toFixed(0)} MB`).join(", ")}`,
      ...(torch?.leftOut ?? []),
    ];
    const amount = { work: `write with ${work.preset}`, amount: text.tokens, unit: "tokens" };
    return {
      comparisons: compareWithEach(times, { ...amount, findings }),
      tables: [costTable(sides, context)],
      versions,
    };
  } finally {
    await Promise.all(sides.map((side) => side.end()));
    rmSync(folder, { recursive: true });
  }
}

/** What a token costs at an eighth, a quarter, a half and the end of the context. */
function costTable(sides: readonly WritingSide[], context: number): BenchmarkTable {
  const places = [context / 8, context / 4, context / 2, context - 1].map(Math.floor);
  const row = ({ name, tokens }: WritingSide): string[] => [
    name,
    ...places.map((place) => {
      // Token number i is written after i + 1 others.
      const near = tokens.flatMap((seconds) => seconds.slice(place - AROUND, place));
      return (1000 * median(near)).toPrecision(3);
    }),
  ];
  return {
    title: "milliseconds for a token, by the tokens before it",
    rows: [["side", ...places.map(String)], ...sides.map(row)],
  };
}

/** Do all sides write the same? */
function compareIds(sides: readonly WritingSide[]): string {
  const [first, ...others] = sides.map(({ ids }) => ids) as [readonly number[], ...number[][]];
  const same = first.findIndex((id, place) => others.some((other) => other[place] !== id));
  if (others.length === 0) return `${first.length} ids are written`;
  return same === -1
    ? `all ${first.length} ids are the same`
    : `the first ${same} of ${first.length} ids are the same`;
}

/** The course's writing and PyTorch's. */
export const benchmark: Benchmark = {
  name: "generate",
  summary: "writing with a GPT and its cache, and in PyTorch",
  rounds: 10,
  minutes: 1,
  takes: ["preset", "against", "threads", "engine"],
  run,
};
