/**
 * Which benchmarks there are: every file of src/bench that exports one.
 *
 * Source:  https://nodejs.org/api/esm.html#import-expressions
 * Chapter: notebooks/01-tokens.ipynb
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { ConfigError } from "../core/errors.ts";
import { namedExports } from "../core/named-exports.ts";
import type { Benchmark } from "./benchmark.ts";

/** The folder of the benchmarks, in `src` or in `dist`. */
export function benchmarkFolder(): string {
  return dirname(fileURLToPath(import.meta.url));
}

/** Every benchmark of a folder, by name; throws `DataError` for one that is not named like its file. */
export async function listBenchmarks(
  folder: string = benchmarkFolder(),
): Promise<readonly Benchmark[]> {
  const found = await namedExports<Benchmark>(folder, "benchmark");
  return found.map(({ value }) => value);
}

/** The benchmark of that name; throws `ConfigError` with the names there are for an unknown one. */
export function findBenchmark(all: readonly Benchmark[], name: string): Benchmark {
  const found = all.find((benchmark) => benchmark.name === name);
  if (found !== undefined) return found;
  const names = all.map((benchmark) => benchmark.name).join(", ");
  throw new ConfigError(
    `glassbox bench: expected the name of a benchmark, got "${name}"; there are: ${names} (glassbox bench --list)`,
  );
}
