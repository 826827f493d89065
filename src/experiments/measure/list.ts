/**
 * Which experiments there are: every file of src/experiments that exports one.
 *
 * Source:  https://nodejs.org/api/esm.html#import-expressions
 * Chapter: notebooks/01-tokens.ipynb
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { ConfigError } from "../../core/errors.ts";
import { namedExports } from "../../core/named-exports.ts";
import type { Experiment } from "../experiment.ts";

/** An experiment and the file that it was found in. */
export interface FoundExperiment {
  readonly experiment: Experiment;
  /** Its absolute path, in `src` or in `dist`. */
  readonly file: string;
}

/** The folder of the experiments, in `src` or in `dist`. */
export function experimentFolder(): string {
  return dirname(dirname(fileURLToPath(import.meta.url)));
}

/**
 * Every experiment of a folder, by chapter and name.
 *
 * Files that export no `experiment` are what several of them share. Throws `DataError` for an experiment that is not
 * named like its file.
 */
export async function listExperiments(
  folder: string = experimentFolder(),
): Promise<readonly FoundExperiment[]> {
  const all = await namedExports<Experiment>(folder, "experiment");
  const key = ({ experiment }: FoundExperiment): string =>
    `${experiment.chapter} ${experiment.name}`;
  return all
    .map(({ value, file }) => ({ experiment: value, file }))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The experiment of that name; throws `ConfigError` with the nearest names for an unknown one. */
export function findExperiment(all: readonly FoundExperiment[], name: string): FoundExperiment {
  const found = all.find(({ experiment }) => experiment.name === name);
  if (found !== undefined) return found;
  const names = all.map(({ experiment }) => experiment.name);
  const near = names.filter((other) => isNear(name, other));
  const hint =
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : `there are: ${names.join(", ")}`;
  throw new ConfigError(
    `glassbox measure: expected the name of an experiment, got "${name}"; ${hint} (glassbox measure --list)`,
  );
}

/** Part of the other, or a third of its letters away at most. */
function isNear(typed: string, name: string): boolean {
  if (typed.length > 2 && (name.includes(typed) || typed.includes(name))) return true;
  return editDistance(typed, name) <= Math.ceil(name.length / 3);
}

/** How many letters must be added, removed or replaced (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
