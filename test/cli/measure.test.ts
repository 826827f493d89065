import { spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { run, summary } from "../../src/cli/measure.ts";
import type { Places } from "../../src/cli/measure.ts";
import type { BandFile } from "../../src/experiments/bands.ts";
import { built } from "../notebook-files/built.ts";
import { said, type Said } from "./kept-terminal.ts";

let folder: string;
let places: Places;
let versions = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "measure-"));
  // A module is imported once a process: each test has a folder of its own.
  const experiments = join(folder, `experiments-${versions++}`);
  places = { experiments, bands: join(folder, "bands.json"), saved: join(folder, "saved") };
  mkdirSync(experiments);
  writeFileSync(join(experiments, "package.json"), '{ "type": "module" }');
  writeFileSync(places.bands, "{}\n");
  write("toss.js", toss("(50 + seed) / 100"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string): void =>
  writeFileSync(join(places.experiments, name), text);

/** An experiment that notes each seed that it really runs in the file `runs`. */
function toss(heads: string, waitMs = 0): string {
  return `import { appendFileSync } from "node:fs";
    export const experiment = {
      name: "toss", chapter: "01", seconds: 2,
      values: {
        heads: { says: "share of tosses that show heads", unit: "of 1", rate: true },
        tosses: { says: "how often the coin was tossed", unit: "tosses" },
      },
      async run({ seed }) {
        await new Promise((resolve) => setTimeout(resolve, ${waitMs}));
        appendFileSync(${JSON.stringify(join(folder, "runs"))}, seed + " ");
        return { heads: ${heads}, tosses: 100 };
      },
    };`;
}
const runs = (): string[] =>
  existsSync(join(folder, "runs"))
    ? readFileSync(join(folder, "runs"), "utf8").trim().split(" ")
    : [];

const measure = (...argv: string[]): Promise<Said> =>
  said((terminal) => run(argv, terminal, places));
const bands = (): BandFile => JSON.parse(readFileSync(places.bands, "utf8")) as BandFile;

describe("glassbox measure --list", () => {
  test("names the experiments with chapter and seconds, in JSON these three alone", async () => {
    expect(await measure("--list", "--json")).toEqual({
      status: 0,
      out: '[{"name":"toss","chapter":"01","seconds":2}]\n',
      err: "",
    });
    expect((await measure("--list")).out).toBe(
      `toss, chapter 01, about 2 s a seed
  heads: share of tosses that show heads (of 1)
  tosses: how often the coin was tossed (tosses)
`,
    );
  });

  test("comes in the order of the chapters, then of the names", async () => {
    for (const [name, chapter] of [
      ["zebra", "00"],
      ["apple", "01"],
    ] as const)
      write(
        `${name}.js`,
        `export const experiment = { name: "${name}", chapter: "${chapter}", seconds: 1, values: {} };`,
      );

    const rows = JSON.parse((await measure("--list", "--json")).out) as { name: string }[];
    expect(rows.map(({ name }) => name)).toEqual(["zebra", "apple", "toss"]);
  });
});

describe("glassbox measure NAME --seeds N --write-band", () => {
  test("writes the band with seeds, engine, versions and command, beside what was there", async () => {
    const other = { command: "c", engine: "JavaScript", versions: {}, seeds: [], values: {} };
    writeFileSync(places.bands, JSON.stringify({ walk: other }));

    const { status, out, err } = await measure("toss", "--seeds", "10", "--write-band");

    expect({ status, err }).toEqual({
      status: 0,
      err: `toss: band over 10 seeds written to ${places.bands}\n`,
    });
    expect(out).toBe(
      `heads (of 1): 0.51 to 0.6, median 0.555, band 0.465 to 0.645
  0.465 ··········•·•·•··•·•·•·•··•·•·•·········· 0.645
tosses (tosses): 100 to 100, median 100, band 100 to 100
  100 ····················#···················· 100
`,
    );
    expect(Object.keys(bands())).toEqual(["toss", "walk"]);
    expect(bands().toss).toEqual({
      command: "npx glassbox measure toss --seeds 10 --write-band",
      engine: "JavaScript",
      versions: { glassbox: "0.1.0", node: process.versions.node },
      seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      values: {
        heads: {
          band: [0.465, 0.645],
          measured: [0.51, 0.52, 0.53, 0.54, 0.55, 0.56, 0.57, 0.58, 0.59, 0.6],
        },
        tosses: { band: [100, 100], measured: Array.from({ length: 10 }, () => 100) },
      },
    });
    expect(readdirSync(folder).filter((name) => name.includes("tmp"))).toEqual([]);
  });

  test("runs no seed twice, and all of them again when the experiment has changed", async () => {
    await measure("toss", "--seeds", "4");
    await measure("toss", "--seeds", "10", "--write-band");
    expect(runs()).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);

    // Another text of the same file: the module that this process has loaded stays, its runs are counted.
    appendFileSync(join(places.experiments, "toss.js"), "\n// changed\n");
    await measure("toss", "--seeds", "2");
    expect(runs().slice(10)).toEqual(["1", "2"]);
  });

  test("a file that the experiment imports, and one imported by that, count as its source", async () => {
    write("near.js", 'export { half } from "./far.js";');
    write("far.js", "export const half = 0.5;");
    write("toss.js", `import { half } from "./near.js";\n${toss("half")}`);
    await measure("toss", "--seeds", "2");
    await measure("toss", "--seeds", "2");
    expect(runs()).toHaveLength(2);

    write("far.js", "export const half = 0.6;");
    await measure("toss", "--seeds", "2");
    expect(runs()).toHaveLength(4);
  });

  test.each([
    ["{", "expected the values of seed 2, got text that is no JSON"],
    ["null", "expected the values heads, tosses, got none"],
    ['{"heads":0.5}', "expected the values heads, tosses, got heads"],
    ['{"heads":null,"tosses":100}', "expected a finite number for heads, got null"],
    ['{"heads":"0.5","tosses":100}', "expected a finite number for heads, got 0.5"],
    ['{"heads":7,"tosses":100}', "expected a rate from 0 to 1 for heads, got 7"],
  ])("a saved seed that holds %s is measured again, and said once", async (text, problem) => {
    const { out } = await measure("toss", "--seeds", "3", "--json");
    const [print = ""] = readdirSync(join(places.saved, "toss"));
    const file = join(places.saved, "toss", print, "seed-2.json");
    writeFileSync(file, text);

    expect(await measure("toss", "--seeds", "3", "--json")).toEqual({
      status: 0,
      out,
      err: `${file}: ${problem}; the seed is measured again\n`,
    });
    expect(runs()).toEqual(["1", "2", "3", "2"]);
    expect((await measure("toss", "--seeds", "3", "--json")).err).toBe("");
  });

  test("without --write-band the spread is shown and nothing is written", async () => {
    const { status, out } = await measure("toss", "--seeds", "3");

    expect(status).toBe(0);
    expect(out.split("\n")[0]).toBe("heads (of 1): 0.51 to 0.53, median 0.52");
    expect(bands()).toEqual({});
    expect((await measure("toss", "--seeds", "2", "--json")).out).toBe(
      '{"name":"toss","seeds":[{"seed":1,"values":{"heads":0.51,"tosses":100}},{"seed":2,"values":{"heads":0.52,"tosses":100}}]}\n',
    );
  });

  test("goes on where a killed process stopped, and gives what one run gives", async () => {
    write("toss.js", toss("(50 + seed) / 100", 100));
    const script = join(folder, "run.mjs");
    writeFileSync(
      script,
      `import { run } from ${JSON.stringify(pathToFileURL(built("src/cli/measure")).href)};
       process.exitCode = await run(process.argv.slice(2), process, ${JSON.stringify(places)});`,
    );
    const start = () =>
      spawn(process.execPath, [script, "toss", "--seeds", "10", "--write-band"], {
        stdio: "ignore",
      });

    const first = start();
    const died = new Promise((resolve) => first.once("exit", (_, signal) => resolve(signal)));
    while (runs().length < 4) await sleep(10);
    first.kill("SIGKILL");
    expect(await died).toBe("SIGKILL");
    expect(bands()).toEqual({});
    const before = runs();
    expect(before.length).toBeLessThan(10);

    const second = start();
    expect(await new Promise((resolve) => second.once("exit", resolve))).toBe(0);
    expect(new Set([...before, ...runs()]).size).toBe(10);
    // The seed that was cut off between its run and its file may have run twice; no other.
    expect(runs().length).toBeLessThanOrEqual(11);
    const whole = bands().toss;

    rmSync(places.saved, { recursive: true });
    expect(await new Promise((resolve) => start().once("exit", resolve))).toBe(0);
    expect(bands().toss).toEqual(whole);
  });
});

describe("glassbox measure NAME --seed S", () => {
  beforeEach(async () => {
    await measure("toss", "--seeds", "10", "--write-band");
  });

  test("prints values and bands as JSON, status 0 inside", async () => {
    expect(await measure("toss", "--seed", "12", "--json")).toEqual({
      status: 0,
      out: '{"name":"toss","seed":12,"values":{"heads":0.62,"tosses":100},"bands":{"heads":[0.465,0.645],"tosses":[100,100]}}\n',
      err: "",
    });
  });

  test("outside: status 1, and stderr says which value and where it should be", async () => {
    const { status, out, err } = await measure("toss", "--seed", "15");

    expect({ status, err }).toEqual({
      status: 1,
      err: "toss, seed 15: expected heads between 0.465 and 0.645, got 0.65\n",
    });
    expect(out).toBe(
      `value   measured  unit    band
heads   0.65      of 1    0.465 to 0.645  ✗ outside
tosses  100       tosses  100 to 100      ✓ inside
`,
    );
  });

  test("a value without a band is refused before the run", async () => {
    const before = runs().length;
    const { heads } = bands().toss?.values ?? {};
    writeFileSync(places.bands, JSON.stringify({ toss: { ...bands().toss, values: { heads } } }));

    expect(await measure("toss", "--seed", "1")).toEqual({
      status: 2,
      out: "",
      err: 'bandOf: expected a value of toss (heads), got "tosses"; name one of them\n',
    });
    expect(runs()).toHaveLength(before);
  });
});

describe("glassbox measure refuses", () => {
  test.each([
    [
      ["tos", "--seed", "1"],
      'expected the name of an experiment, got "tos"; did you mean toss? (glassbox measure --list)',
    ],
    [
      ["xylophone", "--seed", "1"],
      'expected the name of an experiment, got "xylophone"; there are: toss (glassbox measure --list)',
    ],
    [
      ["toss", "--seed", "one"],
      'expected a whole number from 0 after --seed, got "one" (glassbox measure --help)',
    ],
    [
      ["toss", "--seed", "1.5"],
      'expected a whole number from 0 after --seed, got "1.5" (glassbox measure --help)',
    ],
    [
      ["toss", "--seed", "9007199254740993"],
      'expected a whole number from 0 after --seed, got "9007199254740993" (glassbox measure --help)',
    ],
    [
      ["toss", "--seeds", "0"],
      'expected a whole number from 1 after --seeds, got "0" (glassbox measure --help)',
    ],
    [
      ["toss", "--seeds", "9", "--write-band"],
      "expected at least 10 seeds for a band, got 9; ask for more (glassbox measure --help)",
    ],
    [
      ["toss", "--seed", "1", "--write-band"],
      "expected --seeds N with --write-band, got --seed (glassbox measure --help)",
    ],
    [["toss"], "expected --seed S or --seeds N, got neither (glassbox measure --help)"],
    [
      ["toss", "--seed", "1", "--seeds", "2"],
      "expected --seed S or --seeds N, got both (glassbox measure --help)",
    ],
    [[], 'expected one NAME, or --list, got "" (glassbox measure --help)'],
    [
      ["toss", "walk", "--seed", "1"],
      'expected one NAME, or --list, got "toss walk --seed 1" (glassbox measure --help)',
    ],
    [
      ["toss", "--seed", "1", "--seed", "2"],
      "expected --seed once, got it 2 times (glassbox measure --help)",
    ],
    [
      ["toss", "--seeds", "1", "--seeds", "2", "--seeds", "2"],
      "expected --seeds once, got it 3 times (glassbox measure --help)",
    ],
    [
      ["--list", "--seed", "1"],
      "expected --list alone or with --json, got --seed (glassbox measure --help)",
    ],
    [
      ["--list", "--json", "--seeds", "10", "--write-band"],
      "expected --list alone or with --json, got --seeds and --write-band (glassbox measure --help)",
    ],
    [
      ["toss", "--list"],
      'expected one NAME, or --list, got "toss --list" (glassbox measure --help)',
    ],
  ])("%j", async (argv, message) => {
    expect(await measure(...argv)).toEqual({
      status: 2,
      out: "",
      err: `glassbox measure: ${message}\n`,
    });
    expect(runs()).toEqual([]);
  });

  test("an experiment without a band, before it runs", async () => {
    expect(await measure("toss", "--seed", "1")).toEqual({
      status: 2,
      out: "",
      err: 'bandOf: expected an experiment with a band, got "toss"; there are: none. Run: npx glassbox measure toss --seeds 10 --write-band\n',
    });
    expect(runs()).toEqual([]);
  });

  test.each([
    ["toss", "--seeds", "10", "--write-band"],
    ["toss", "--seed", "1"],
  ])("a damaged file of bands before a seed runs: %s %s %s", async (...argv) => {
    writeFileSync(places.bands, '{ "toss": 3 }');

    expect(await measure(...argv)).toEqual({
      status: 1,
      out: "",
      err: `readBands: expected the bands of the course in ${places.bands}, got 3 for toss. Run: git checkout src/experiments/bands.json\n`,
    });
    expect(runs()).toEqual([]);
  });

  test("an unknown option, in Node's words", async () => {
    const { status, err } = await measure("toss", "--sede", "1");

    expect(status).toBe(2);
    expect(err).toMatch(/^glassbox measure: Unknown option '--sede'/);
  });
});

test("--help says what there is", async () => {
  expect((await measure("--help")).out.split("\n")[1]).toBe(
    "glassbox measure NAME --seed S                  run one with a seed; exit status 1 when a value is outside its band",
  );
  expect(summary).toBe("run the experiments of the chapters, and measure their bands");
});
