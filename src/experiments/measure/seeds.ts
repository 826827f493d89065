/**
 * One experiment over many seeds, one after another, and the band that they give.
 *
 * Source:  Bouthillier et al. (2021), on variance between seeds, https://arxiv.org/abs/2103.03098
 * Chapter: notebooks/01-tokens.ipynb
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { breathe } from "../../core/interrupt.ts";
import { packageRoot } from "../../core/package-root.ts";
import type { MeasuredBands } from "../bands.ts";
import { runExperiment } from "../experiment.ts";
import type { Experiment, Values } from "../experiment.ts";
import { bandFrom } from "./band-rule.ts";
import type { SavedSeeds } from "./saved-seeds.ts";

/** The values of one seed. */
export interface SeedEvent {
  readonly seed: number;
  readonly values: Values;
  /** Were they saved by an earlier run? */
  readonly saved: boolean;
}

export interface MeasureSeedsOptions {
  readonly seeds: readonly number[];
  readonly saved: SavedSeeds;
  /** Which seed runs, and the part of it that is done, 0 to 1. */
  readonly onProgress?: (seed: number, done: number) => void;
}

/** Runs the seeds that are not saved yet, saves each as it ends, and yields all of them in order. */
export async function* measureSeeds(
  experiment: Experiment,
  { seeds, saved, onProgress }: MeasureSeedsOptions,
): AsyncGenerator<SeedEvent, void> {
  for (const seed of seeds) {
    const before = saved.read(seed);
    if (before !== undefined) {
      yield { seed, values: before, saved: true };
      continue;
    }
    onProgress?.(seed, 0);
    await breathe();
    const values = await runExperiment(experiment, {
      seed,
      onProgress: (done) => onProgress?.(seed, done),
    });
    saved.save(seed, values);
    yield { seed, values, saved: false };
  }
}

/** The entry of the band file for what the seeds gave; throws `ConfigError` for fewer than 10 seeds. */
export function bandsFrom(
  experiment: Experiment,
  events: readonly SeedEvent[],
  command: string,
): MeasuredBands {
  const manifest = readFileSync(join(packageRoot(), "package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { readonly version: string };
  const values = Object.entries(experiment.values).map(([name, { rate }]) => {
    const measured = events.map((event) => event.values[name] as number);
    return [name, { band: bandFrom(measured, { rate: rate === true }), measured }] as const;
  });
  return {
    command,
    engine: "JavaScript",
    versions: { glassbox: version, node: process.versions.node },
    seeds: events.map(({ seed }) => seed),
    values: Object.fromEntries(values),
  };
}
