/**
 * The values of each seed, saved as it ends, so that an interrupted measurement goes on where it stopped.
 *
 * One small file a seed, written beside and renamed: after a kill at any moment each file is whole or not there.
 *
 * Source:  https://pubs.opengroup.org/onlinepubs/9799919799/functions/rename.html
 * Chapter: notebooks/01-tokens.ipynb
 */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { DataError } from "../../core/errors.ts";
import { replaceFile } from "../../core/whole-file.ts";
import { checkedValues } from "../experiment.ts";
import type { Experiment, Values } from "../experiment.ts";

export interface SavedSeedsOptions {
  /** Told of each saved file that is damaged, once, in a sentence that names it. */
  readonly onDamaged?: (message: string) => void;
}

/** The saved values of one experiment under one fingerprint. */
export class SavedSeeds {
  readonly #experiment: Experiment;
  readonly #folder: string;
  readonly #onDamaged: (message: string) => void;
  readonly #told = new Set<number>();

  /** `folder` is made when something is saved. */
  constructor(experiment: Experiment, folder: string, { onDamaged }: SavedSeedsOptions = {}) {
    this.#experiment = experiment;
    this.#folder = folder;
    this.#onDamaged = onDamaged ?? ((): void => undefined);
  }

  /** What this seed gave, or undefined when it was not measured yet or what was saved is damaged. */
  read(seed: number): Values | undefined {
    let text: string;
    try {
      text = readFileSync(this.#file(seed), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
    try {
      return this.#checked(seed, text);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      if (!this.#told.has(seed)) this.#onDamaged(error.message);
      this.#told.add(seed);
      return undefined;
    }
  }

  /** Keeps what this seed gave. */
  save(seed: number, values: Values): void {
    mkdirSync(this.#folder, { recursive: true });
    replaceFile(this.#file(seed), `${JSON.stringify(values)}\n`);
  }

  #checked(seed: number, text: string): Values {
    const who = this.#file(seed);
    const mend = "the seed is measured again";
    let values: unknown;
    try {
      values = JSON.parse(text);
    } catch (cause) {
      throw new DataError(
        `${who}: expected the values of seed ${seed}, got text that is no JSON; ${mend}`,
        { cause },
      );
    }
    return checkedValues(this.#experiment, values, { who, mend });
  }

  #file(seed: number): string {
    return join(this.#folder, `seed-${seed}.json`);
  }
}
