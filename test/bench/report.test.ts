import { expect, test } from "vitest";

import type { Comparison } from "../../src/bench/benchmark.ts";
import {
  comparisonTable,
  findingsText,
  headText,
  machine,
  ratioOf,
  reportJson,
  tablesText,
  versionsText,
} from "../../src/bench/report.ts";

const faster: Comparison = {
  work: "encode, English",
  amount: 1.2,
  unit: "MB",
  ours: { name: "glassbox", seconds: [0.04, 0.02, 0.09] },
  theirs: { name: "other 1.0.0", seconds: [0.2, 0.12, 0.1] },
  findings: ["all 5 ids are the same"],
};
const slower: Comparison = {
  work: "learn",
  amount: 3_000_000,
  unit: "words",
  ours: { name: "glassbox", seconds: [4, 2] },
  theirs: { name: "other", seconds: [1.5, 1.5] },
  findings: [],
};

test("the ratio is their time over ours: above 1 ours is faster", () => {
  expect(ratioOf(faster)).toEqual({ median: 0.12 / 0.04, minimum: 0.1 / 0.02 });
  expect(ratioOf(slower)).toEqual({ median: 0.5, minimum: 0.75 });
});

test("the table has both sides of each work, with minimum, median, speed and ratio", () => {
  expect(comparisonTable([faster, slower])).toBe(
    `| work                    | side        | minimum | median | by the median     | ours is                       |
|-------------------------|-------------|---------|--------|-------------------|-------------------------------|
| encode, English, 1.2 MB | glassbox    | 20 ms   | 40 ms  | 30 MB/s           | 3.00 × as fast (minima: 5.00) |
|                         | other 1.0.0 | 0.1 s   | 0.12 s | 10 MB/s           |                               |
| learn, 3,000,000 words  | glassbox    | 2 s     | 3 s    | 1,000,000 words/s | 0.50 × as fast (minima: 0.75) |
|                         | other       | 1.5 s   | 1.5 s  | 2,000,000 words/s |                               |
`,
  );
});

test("ours alone has no ratio", () => {
  const { work, amount, unit, ours } = faster;
  const alone = { work, amount, unit, ours, findings: [] };
  expect(ratioOf(alone)).toBeUndefined();
  expect(comparisonTable([alone])).toBe(
    `| work                    | side     | minimum | median | by the median | ours is |
|-------------------------|----------|---------|--------|---------------|---------|
| encode, English, 1.2 MB | glassbox | 20 ms   | 40 ms  | 30 MB/s       |         |
`,
  );
});

test("other tables stand below their titles", () => {
  const rows = [
    ["side", "8"],
    ["glassbox", "0.2"],
  ];
  expect(tablesText([{ title: "milliseconds a token", rows }])).toBe(
    "\nmilliseconds a token:\n\n| side     | 8   |\n|----------|-----|\n| glassbox | 0.2 |\n",
  );
  expect(tablesText()).toBe("");
});

test("what was found stands below, with its work", () => {
  expect(findingsText([faster, slower])).toBe("- encode, English: all 5 ids are the same\n");
});

test("the head names processor, cores and Node, then the versions", () => {
  expect(headText({ processor: "Fast One", cores: 2, node: "20.19.0" })).toBe(
    "Fast One, 2 cores, Node 20.19.0",
  );
  expect(versionsText({ comparisons: [], versions: { python: "3.11.7", other: "1.0.0" } })).toBe(
    "python 3.11.7, other 1.0.0",
  );
  expect(machine().cores).toBeGreaterThan(0);
  expect(machine().processor).not.toBe("");
});

test("the JSON holds the time of each round, and the ratio", () => {
  const result = { comparisons: [slower], versions: { python: "3.11.7" } };
  const on = { processor: "Fast One", cores: 2, node: "20.19.0" };

  expect(JSON.parse(reportJson("tokenizer", result, on))).toEqual({
    name: "tokenizer",
    machine: on,
    versions: { python: "3.11.7" },
    comparisons: [{ ...slower, ratio: { median: 0.5, minimum: 0.75 } }],
    tables: [],
  });
});
