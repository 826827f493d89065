/**
 * The bands that were measured for the chapters: where a number of the reader's own is expected to lie.
 *
 * They stand in bands.json beside this file, which `glassbox measure NAME --seeds N --write-band` writes and
 * nobody edits, with the value of each seed, so that the spread behind a band can be looked at.
 *
 * Source:  Bouthillier et al. (2021), on variance between seeds, https://arxiv.org/abs/2103.03098
 * Chapter: notebooks/01-tokens.ipynb
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Band } from "../core/band.ts";
import { ConfigError, DataError } from "../core/errors.ts";
import { packageRoot } from "../core/package-root.ts";

/** What was measured for one experiment. */
export interface MeasuredBands {
  /** What was typed to get it. */
  readonly command: string;
  /** What computed: "JavaScript" for plain code. */
  readonly engine: string;
  /** By name: glassbox, node. */
  readonly versions: Readonly<Record<string, string>>;
  readonly seeds: readonly number[];
  /** The band of each value, and what each seed gave, in the order of `seeds`. */
  readonly values: Readonly<
    Record<string, { readonly band: Band; readonly measured: readonly number[] }>
  >;
}

/** Everything in a file of bands: by experiment. */
export type BandFile = Readonly<Record<string, MeasuredBands>>;

/** The file of the course's own bands. It is read from `src` also when the code runs from `dist`. */
export function bandPath(): string {
  return join(packageRoot(), "src", "experiments", "bands.json");
}

/** What a file of bands holds; throws `DataError` when it is missing or damaged, and says what is wrong in it. */
export function readBands(path: string = bandPath()): BandFile {
  let file: unknown;
  try {
    file = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw damaged(path, `"${error instanceof Error ? error.message : String(error)}"`, error);
  }
  const wrong = firstWrong(file);
  if (wrong !== undefined) throw damaged(path, wrong);
  return file as BandFile;
}

function damaged(path: string, got: string, cause?: unknown): DataError {
  return new DataError(
    `readBands: expected the bands of the course in ${path}, got ${got}. Run: git checkout src/experiments/bands.json`,
    { cause },
  );
}

/** The first thing that is no part of a `BandFile`, and where it stands; undefined when all is right. */
function firstWrong(file: unknown): string | undefined {
  if (!isRecord(file)) return shown(file);
  for (const [name, entry] of Object.entries(file)) {
    if (!isRecord(entry)) return `${shown(entry)} for ${name}`;
    const { command, engine, versions, seeds, values } = entry;
    if (typeof command !== "string") return `${shown(command)} as the command of ${name}`;
    if (typeof engine !== "string") return `${shown(engine)} as the engine of ${name}`;
    if (!isRecord(versions) || !Object.values(versions).every((one) => typeof one === "string"))
      return `${shown(versions)} as the versions of ${name}`;
    if (!areNumbers(seeds)) return `${shown(seeds)} as the seeds of ${name}`;
    if (!isRecord(values)) return `${shown(values)} as the values of ${name}`;
    for (const [value, one] of Object.entries(values)) {
      if (!isRecord(one)) return `${shown(one)} for ${value} of ${name}`;
      const { band, measured } = one;
      if (!isBand(band)) return `${shown(band)} as the band of ${value} of ${name}`;
      if (!areNumbers(measured) || measured.length !== seeds.length)
        return `${shown(measured)} as what the seeds gave (${seeds.length}) for ${value} of ${name}`;
    }
  }
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function areNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((one) => Number.isFinite(one));
}

/** Two numbers, the low one first. */
function isBand(value: unknown): value is Band {
  if (!areNumbers(value) || value.length !== 2) return false;
  const [low, high] = value as Band;
  return low <= high;
}

/** A value as it stands in the file, cut after 40 characters. */
function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/**
 * The band of one value, [low, high], for `bands` of glassbox/notebook/bands.
 *
 * Throws `ConfigError` for an experiment or a value that has none, and says which there are.
 */
export function bandOf(experiment: string, value: string, file: BandFile = readBands()): Band {
  const measured = file[experiment];
  if (measured === undefined) {
    throw new ConfigError(
      `bandOf: expected an experiment with a band, got "${experiment}"; there are: ${Object.keys(file).join(", ") || "none"}. Run: npx glassbox measure ${experiment} --seeds 10 --write-band`,
    );
  }
  const found = measured.values[value];
  if (found === undefined) {
    throw new ConfigError(
      `bandOf: expected a value of ${experiment} (${Object.keys(measured.values).join(", ")}), got "${value}"; name one of them`,
    );
  }
  return found.band;
}
