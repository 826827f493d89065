import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

import { isInside } from "../../src/core/band.ts";
import { ConfigError, DataError } from "../../src/core/errors.ts";
import { bandOf, readBands } from "../../src/experiments/bands.ts";
import type { BandFile } from "../../src/experiments/bands.ts";
import { runExperiment } from "../../src/experiments/experiment.ts";
import type { Experiment, Values } from "../../src/experiments/experiment.ts";
import { bandFrom } from "../../src/experiments/measure/band-rule.ts";
import { listExperiments } from "../../src/experiments/measure/list.ts";
import { root } from "../architecture/source-files.ts";

const all = (await listExperiments()).map(({ experiment }) => experiment);
const bands = readBands();

test("every file of src/experiments that has an experiment is listed once", () => {
  const names = all.map(({ name }) => name);

  expect(names).toContain("unseen-words");
  expect(new Set(names).size).toBe(names.length);
  const files = readdirSync(join(root, "src/experiments")).map((file) => file.replace(/\.ts$/, ""));
  expect(names.filter((name) => !files.includes(name))).toEqual([]);
});

test("every experiment says its chapter, its time, and of each value what it is", () => {
  for (const { name, chapter, seconds, values } of all) {
    expect(chapter, name).toMatch(/^\d\d$/);
    expect(seconds, name).toBeGreaterThan(0);
    expect(Object.keys(values).length, name).toBeGreaterThan(0);
    for (const { says, unit } of Object.values(values)) {
      expect(says.length, name).toBeGreaterThan(15);
      expect(unit, name).not.toBe("");
    }
  }
});

test("every experiment has a band for each value, from its seeds by the rule, and none has one without", () => {
  expect(Object.keys(bands)).toEqual(all.map(({ name }) => name).sort());
  for (const { name, values } of all) {
    const measured = bands[name];
    expect(Object.keys(measured?.values ?? {}), name).toEqual(Object.keys(values));
    for (const [value, entry] of Object.entries(measured?.values ?? {})) {
      expect(entry.measured.length, name).toBe(measured?.seeds.length);
      expect(entry.band, `${name}, ${value}`).toEqual(
        bandFrom(entry.measured, { rate: values[value]?.rate === true }),
      );
      expect(entry.measured.every((one) => isInside(one, entry.band))).toBe(true);
    }
  }
});

test("the file of bands names how each was measured", () => {
  for (const [name, { command, engine, versions, seeds }] of Object.entries(bands)) {
    expect(command).toBe(`npx glassbox measure ${name} --seeds ${seeds.length} --write-band`);
    expect(engine).toBe("JavaScript");
    expect(Object.keys(versions)).toEqual(["glassbox", "node"]);
  }
});

const small: BandFile = {
  toss: {
    command: "npx glassbox measure toss --seeds 10 --write-band",
    engine: "JavaScript",
    versions: { glassbox: "0.1.0", node: "20.19.0" },
    seeds: [1],
    values: { heads: { band: [0.4, 0.6], measured: [0.5] } },
  },
};

test("bandOf gives a cell the band, and says what there is instead", () => {
  expect(bandOf("toss", "heads", small)).toEqual([0.4, 0.6]);
  expect(() => bandOf("toss", "tails", small)).toThrow(
    new ConfigError('bandOf: expected a value of toss (heads), got "tails"; name one of them'),
  );
  expect(() => bandOf("dice", "six", small)).toThrow(
    new ConfigError(
      'bandOf: expected an experiment with a band, got "dice"; there are: toss. Run: npx glassbox measure dice --seeds 10 --write-band',
    ),
  );
});

test("a file of bands that is damaged or gone is said to be", () => {
  const path = join(root, "README.md");
  const gone = join(root, "no-such-bands.json");

  expect(existsSync(gone)).toBe(false);
  expect(() => readBands(path)).toThrow(DataError);
  expect(() => readBands(gone)).toThrow(/^readBands: expected the bands of the course in .*ENOENT/);
});

const { toss: whole } = small;
const heads = { band: [0.4, 0.6], measured: [0.5] };
test.each<[unknown, string]>([
  [null, "null"],
  [[], "[]"],
  [{ toss: 3 }, "3 for toss"],
  [{ toss: { ...whole, command: undefined } }, "nothing as the command of toss"],
  [{ toss: { ...whole, engine: 1 } }, "1 as the engine of toss"],
  [{ toss: { ...whole, versions: { node: 20 } } }, '{"node":20} as the versions of toss'],
  [{ toss: { ...whole, seeds: ["1"] } }, '["1"] as the seeds of toss'],
  [{ toss: { ...whole, values: [heads] } }, `[${JSON.stringify(heads)}] as the values of toss`],
  [{ toss: { ...whole, values: { heads: 0.5 } } }, "0.5 for heads of toss"],
  ...[["x"], ["x", "y"], [0.4], [0.6, 0.4], [0.4, null], "0.4 to 0.6"].map(
    (band): [unknown, string] => [
      { toss: { ...whole, values: { heads: { ...heads, band } } } },
      `${JSON.stringify(band)} as the band of heads of toss`,
    ],
  ),
  ...[[], [0.5, 0.5], [null], 0.5].map((measured): [unknown, string] => [
    { toss: { ...whole, values: { heads: { ...heads, measured } } } },
    `${JSON.stringify(measured)} as what the seeds gave (1) for heads of toss`,
  ]),
])("a file of bands that holds %j is refused with what is wrong", (file, got) => {
  const folder = mkdtempSync(join(tmpdir(), "bands-"));
  const path = join(folder, "bands.json");
  try {
    writeFileSync(path, JSON.stringify(small));
    expect(readBands(path)).toEqual(small);

    writeFileSync(path, JSON.stringify(file));
    expect(() => readBands(path)).toThrow(
      new DataError(
        `readBands: expected the bands of the course in ${path}, got ${got}. Run: git checkout src/experiments/bands.json`,
      ),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const toss = (run: Experiment["run"]): Experiment => ({
  name: "toss",
  chapter: "01",
  seconds: 1,
  values: {
    heads: { says: "share of tosses that show heads", unit: "of 1", rate: true },
    tosses: { says: "how often the coin was tossed", unit: "tosses" },
  },
  run,
});

test("a run hands on the seed and gives its values in the documented order", async () => {
  const experiment = toss(({ seed }) => Promise.resolve({ tosses: 100, heads: seed / 10 }));

  expect(Object.entries(await runExperiment(experiment, { seed: 4 }))).toEqual([
    ["heads", 0.4],
    ["tosses", 100],
  ]);
});

test.each<[Values, string]>([
  [
    { heads: 0.5 },
    "toss, seed 4: expected the values heads, tosses, got heads; document in the experiment what it gives",
  ],
  [
    { heads: 0.5, tosses: 1, tails: 0.5 },
    "toss, seed 4: expected the values heads, tosses, got heads, tosses, tails; document in the experiment what it gives",
  ],
  [
    { heads: NaN, tosses: 0 },
    "toss, seed 4: expected a finite number for heads, got NaN; look at what it divides by",
  ],
  [
    { heads: 1.01, tosses: 100 },
    "toss, seed 4: expected a rate from 0 to 1 for heads, got 1.01; look at what it divides by",
  ],
  [
    { heads: -0.01, tosses: 100 },
    "toss, seed 4: expected a rate from 0 to 1 for heads, got -0.01; look at what it divides by",
  ],
])("a run that gives %j is refused", async (values, message) => {
  const experiment = toss(() => Promise.resolve(values));

  await expect(runExperiment(experiment, { seed: 4 })).rejects.toThrow(new DataError(message));
});
