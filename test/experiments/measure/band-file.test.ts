import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";

import { DataError } from "../../../src/core/errors.ts";
import type { MeasuredBands } from "../../../src/experiments/bands.ts";
import { readBands } from "../../../src/experiments/bands.ts";
import { writeEntry } from "../../../src/experiments/measure/band-file.ts";

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

test("what another process writes is waited for", async () => {
  writeFileSync(`${path}.tmp`, "{}");
  const writing = writeEntry(path, { name: "toss", measured: measured(1) });
  // Long enough for a first try, which formats the text.
  await sleep(150);
  expect(readBands(path)).toEqual({});
  renameSync(`${path}.tmp`, path);

  await writing;
  expect(readBands(path)).toEqual({ toss: measured(1) });
});

test("what a killed process left beside the file is named, and stays", async () => {
  writeFileSync(`${path}.tmp`, "half");

  await expect(
    writeEntry(path, { name: "toss", measured: measured(1), patience: 30 }),
  ).rejects.toThrow(
    new DataError(
      `writeEntry: expected to write the band of toss, got ${path}.tmp of another process; when no other glassbox measure runs, delete that file, and repeat: the seeds are saved`,
    ),
  );
  expect(readBands(path)).toEqual({});
  expect(readFileSync(`${path}.tmp`, "utf8")).toBe("half");
});
