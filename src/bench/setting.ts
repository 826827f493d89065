/**
 * What a benchmark of networks is told: rounds, threads, engine, and whether PyTorch takes part.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/01-tokens.ipynb
 */
import type { EngineName } from "../backend/engine.ts";
import { ConfigError } from "../core/errors.ts";
import type { BenchmarkOptions } from "./benchmark.ts";
import { installedVersion } from "./report.ts";
import { findTorch, type Torch } from "./torch.ts";

/** The engine by which our sides compute unless another is named. */
export const DEFAULT_ENGINE: EngineName = "tensorflow";

/** The options with nothing left open. */
export interface Setting {
  readonly rounds: number;
  readonly threads: number;
  readonly engine: EngineName;
  /** PyTorch, when it takes part. */
  readonly torch: Torch | undefined;
  /** Of what takes part, for the report. */
  readonly versions: Readonly<Record<string, string>>;
  readonly onProgress: (done: number, what: string) => void;
}

/** Throws `ConfigError` for another program than PyTorch, and for threads of an engine that has one. */
export async function readSetting(name: string, options: BenchmarkOptions): Promise<Setting> {
  const { rounds, threads = 1, engine = DEFAULT_ENGINE, against } = options;
  if (against !== undefined && against !== "torch") {
    throw new ConfigError(`glassbox bench ${name}: expected --against torch, got "${against}"`);
  }
  if (engine !== DEFAULT_ENGINE && threads !== 1) {
    throw new ConfigError(
      `glassbox bench ${name}: expected --threads 1 for ${engine}, which computes on one, got ${threads}`,
    );
  }
  const onProgress = options.onProgress ?? ((): void => undefined);
  const torch = against === undefined ? undefined : await findTorch((what) => onProgress(0, what));
  const versions = {
    "@tensorflow/tfjs": installedVersion("@tensorflow/tfjs"),
    ...torch?.versions,
    threads: String(threads),
  };
  return { rounds, threads, engine, torch, versions, onProgress };
}
