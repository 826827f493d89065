import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import type { MeasuredBands } from "../../../src/experiments/bands.ts";
import { readBands } from "../../../src/experiments/bands.ts";
import { writeEntry } from "../../../src/experiments/measure/seeds.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bands-"));
  path = join(folder, "bands.json");
  writeFileSync(path, "{}\n");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const measured = (value: number): MeasuredBands => ({
  command: "npx glassbox measure toss --seeds 10 --write-band",
  engine: "JavaScript",
  versions: { glassbox: "0.1.0", node: "20.19.0" },
  seeds: [1],
  values: { heads: { band: [value, value], measured: [value] } },
});

test("bands that are written at the same time are all there, in order of names", async () => {
  const names = ["walk", "dice", "toss", "coin"];

  await Promise.all(names.map((name, i) => writeEntry(path, { name, measured: measured(i) })));

  expect(Object.keys(readBands(path))).toEqual(["coin", "dice", "toss", "walk"]);
  expect(readBands(path).toss).toEqual(measured(2));
  expect(readdirSync(folder)).toEqual(["bands.json"]);
});

test("an entry of the same name is replaced, and the others stay", async () => {
  await writeEntry(path, { name: "toss", measured: measured(1) });
  await writeEntry(path, { name: "dice", measured: measured(2) });
  await writeEntry(path, { name: "toss", measured: measured(3) });

  expect(readBands(path)).toEqual({ dice: measured(2), toss: measured(3) });
});

test("a file that was damaged meanwhile is left as it is", async () => {
  const writing = writeEntry(path, { name: "toss", measured: measured(1) });
  writeFileSync(path, "{");

  await expect(writing).rejects.toThrow(/^readBands: expected the bands of the course in /);
  expect(readFileSync(path, "utf8")).toBe("{");
  expect(readdirSync(folder)).toEqual(["bands.json"]);
});
