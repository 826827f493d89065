import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { listBenchmarks } from "../../src/bench/list.ts";
import { root } from "../architecture/source-files.ts";

const all = await listBenchmarks();

test("every file of src/bench that has a benchmark is listed, with its rounds and minutes", () => {
  expect(all.map(({ name }) => name)).toContain("tokenizer");
  for (const { name, summary, rounds, minutes } of all) {
    expect(summary.length, name).toBeGreaterThan(15);
    expect(Number.isInteger(rounds) && rounds > 0, name).toBe(true);
    expect(minutes, name).toBeGreaterThan(0);
  }
});

test("BENCHMARKS.md has the table of each, with the command that printed it", () => {
  const text = readFileSync(join(root, "BENCHMARKS.md"), "utf8");
  const commands =
    text.match(/(?<=^npx glassbox bench )\S+(?=( [a-z]\S*)?( --\w+ \S+)* --rounds \d+$)/gm) ?? [];

  expect([...new Set(commands)].sort()).toEqual(all.map(({ name }) => name));
  expect(text.match(/^\| work /gm)).toHaveLength(commands.length);
});
