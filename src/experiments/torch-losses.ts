/**
 * What the same training reached in PyTorch: losses that were measured once, to be laid beside one's own.
 *
 * They stand in torch-losses.json beside this file, which says how they were measured: the windows are those that
 * `train` reads with seed 1, in the same order, and the first weights are PyTorch's own.
 *
 * Source:  https://github.com/karpathy/nanoGPT, train.py, whose settings both sides have
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { DataError } from "../core/errors.ts";
import { packageRoot } from "../core/package-root.ts";

/** One training in PyTorch. */
export interface TorchRun {
  /** Of the first weights. */
  readonly seed: number;
  /** Nats per token, each the mean of `every` steps, before their updates. */
  readonly losses: readonly number[];
  /** Nats per token on the batches of held-out text that `train` evaluates. */
  readonly validation: number;
}

/** All that was measured. */
export interface TorchLosses {
  /** What was done, in a sentence. */
  readonly how: string;
  /** Of PyTorch. */
  readonly version: string;
  /** The preset of glassbox/train/presets. */
  readonly preset: string;
  /** Steps behind each number of `losses`. */
  readonly every: number;
  readonly runs: readonly TorchRun[];
}

/** The losses of PyTorch; throws `DataError` when their file is missing or damaged. */
export function torchLosses(): TorchLosses {
  const path = join(packageRoot(), "src", "experiments", "torch-losses.json");
  try {
    return JSON.parse(readFileSync(path, "utf8")) as TorchLosses;
  } catch (cause) {
    throw new DataError(
      `torchLosses: expected PyTorch's losses in ${path}, got "${String(cause)}". Run: git checkout src/experiments/torch-losses.json`,
      { cause },
    );
  }
}
