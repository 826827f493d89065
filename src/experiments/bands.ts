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

/** What a file of bands holds; throws `DataError` when it is missing or damaged. */
export function readBands(path: string = bandPath()): BandFile {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as BandFile;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(
      `readBands: expected the bands of the course in ${path}, got "${reason}". Run: git checkout src/experiments/bands.json`,
      { cause: error },
    );
  }
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
