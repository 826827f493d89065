/**
 * The values of each seed, saved as it ends, so that an interrupted measurement goes on where it stopped.
 *
 * One small file a seed, written beside and renamed: after a kill at any moment each file is whole or not there.
 *
 * Source:  https://pubs.opengroup.org/onlinepubs/9799919799/functions/rename.html
 * Chapter: notebooks/01-tokens.ipynb
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Values } from "../experiment.ts";

/** The saved values of one experiment under one fingerprint. */
export class SavedSeeds {
  readonly #folder: string;

  /** `folder` is made when something is saved. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What this seed gave, or undefined when it was not measured yet. */
  read(seed: number): Values | undefined {
    let text: string;
    try {
      text = readFileSync(this.#file(seed), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
    return JSON.parse(text) as Values;
  }

  /** Keeps what this seed gave. */
  save(seed: number, values: Values): void {
    writeWhole(this.#file(seed), `${JSON.stringify(values)}\n`);
  }

  #file(seed: number): string {
    return join(this.#folder, `seed-${seed}.json`);
  }
}

/** Writes beside the file and renames, so that nobody reads half of it; makes its folder where needed. */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
