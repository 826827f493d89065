import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { headText, machine } from "../../src/bench/report.ts";
import { run } from "../../src/cli/bench.ts";
import { said, type Said } from "./kept-terminal.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(folder, "count.js"),
    `export const benchmark = {
      name: "count", summary: "counting beside counting", rounds: 3, minutes: 1,
      async run({ rounds, onProgress }) {
        onProgress(0, "count");
        const side = (name, seconds) => ({ name, seconds: Array.from({ length: rounds }, () => seconds) });
        return {
          versions: { other: "1.0.0" },
          comparisons: [{
            work: "count", amount: 10, unit: "MB", ours: side("glassbox", 1), theirs: side("other", 2),
            findings: ["both say 10"],
          }],
        };
      },
    };`,
  );
  writeFileSync(
    join(folder, "told.js"),
    `export const benchmark = {
      name: "told", summary: "what it was told", rounds: 1, minutes: 1,
      takes: ["preset", "against", "threads", "engine"],
      run: async ({ rounds, onProgress, ...told }) =>
        ({ versions: { told: JSON.stringify(told) }, comparisons: [] }),
    };`,
  );
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const bench = (...argv: string[]): Promise<Said> => said((terminal) => run(argv, terminal, folder));

test("prints machine, versions, its own command, the table and what was found", async () => {
  expect(await bench("count")).toEqual({
    status: 0,
    out: `${headText(machine())}; other 1.0.0.
npx glassbox bench count --rounds 3

| work         | side     | minimum | median | by the median | ours is                       |
|--------------|----------|---------|--------|---------------|-------------------------------|
| count, 10 MB | glassbox | 1 s     | 1 s    | 10 MB/s       | 2.00 × as fast (minima: 2.00) |
|              | other    | 2 s     | 2 s    | 5 MB/s        |                               |

- count: both say 10
`,
    err: "",
  });
});

test("--rounds sets the rounds of each side, --json gives the time of each", async () => {
  const { out } = await bench("count", "--rounds", "2", "--json");

  expect(JSON.parse(out)).toMatchObject({
    name: "count",
    comparisons: [{ ours: { seconds: [1, 1] }, ratio: { median: 2, minimum: 2 } }],
  });
});

test("a benchmark is told what it takes, and prints the line that tells it", async () => {
  const { out } = await bench("told", "--threads", "2", "--engine", "cpu", "--against", "torch");

  expect(out.split("\n")[0]).toContain('told {"against":"torch","threads":2,"engine":"cpu"}');
  expect(out).toContain(
    "npx glassbox bench told --against torch --threads 2 --engine cpu --rounds 1",
  );
});

test("a preset follows the name, in what is told and in the command", async () => {
  const { out } = await bench("told", "gpt2", "--threads", "2");

  expect(out.split("\n")[0]).toContain('told {"preset":"gpt2","threads":2}');
  expect(out).toContain("npx glassbox bench told gpt2 --threads 2 --rounds 1");
});

test("--list names the benchmarks", async () => {
  expect((await bench("--list")).out).toBe(
    "count: counting beside counting; 3 rounds, about 1 min\ntold: what it was told; 1 rounds, about 1 min\n",
  );
  expect(JSON.parse((await bench("--list", "--json")).out)).toEqual([
    { name: "count", summary: "counting beside counting", minutes: 1, rounds: 3 },
    { name: "told", summary: "what it was told", minutes: 1, rounds: 1 },
  ]);
});

test.each([
  [
    ["counts"],
    'expected the name of a benchmark, got "counts"; there are: count, told (glassbox bench --list)',
  ],
  [[], 'expected one NAME, or --list, got "" (glassbox bench --help)'],
  [
    ["count", "gpt2"],
    "expected no PRESET for count, which does not take it (glassbox bench --help)",
  ],
  [
    ["told", "gpt2", "more"],
    'expected one NAME, or --list, got "told gpt2 more" (glassbox bench --help)',
  ],
  [
    ["count", "--rounds", "0"],
    'expected a whole number from 1 after --rounds, got "0" (glassbox bench --help)',
  ],
  [
    ["count", "--rounds", "many"],
    'expected a whole number from 1 after --rounds, got "many" (glassbox bench --help)',
  ],
  [
    ["count", "--threads", "2"],
    "expected no --threads for count, which does not take it (glassbox bench --help)",
  ],
  [
    ["told", "--threads", "few"],
    'expected a whole number from 1 after --threads, got "few" (glassbox bench --help)',
  ],
])("%j is refused", async (argv, message) => {
  expect(await bench(...argv)).toEqual({
    status: 2,
    out: "",
    err: `glassbox bench: ${message}\n`,
  });
});

test("--help says what there is", async () => {
  expect((await bench("--help")).out.split("\n")[1]).toBe(
    "glassbox bench NAME [--rounds N]     run one and print its table; both sides take turns, N rounds each",
  );
});
