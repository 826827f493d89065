/**
 * What an experiment is: a seed in, numbers out, each number with its name, its unit and what it says.
 *
 * One experiment is one file of this folder: functions that the cells of its chapter call too, and one constant
 * `experiment` named like the file. `glassbox measure` finds it there, and nothing is registered.
 *
 * Source:  Bouthillier et al. (2021), on variance between seeds, https://arxiv.org/abs/2103.03098
 * Chapter: notebooks/01-tokens.ipynb
 */
import { DataError } from "../core/errors.ts";

/** The numbers that one run gives, by name. */
export type Values = Readonly<Record<string, number>>;

export interface ExperimentOptions {
  /** A whole number from 0 to 2^53 − 1; the same seed gives the same numbers. */
  readonly seed: number;
  /** Ends the run early: `run` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called now and then with the part that is done, 0 to 1; a short run need not call it. */
  readonly onProgress?: (done: number) => void;
}

export interface MeasuredValue {
  /** What the number says, as one would say it to the reader. */
  readonly says: string;
  /** "nats per token", "of 1" for a rate, "tokens" … */
  readonly unit: string;
  /** Is it a share of something? Its band then stays within 0…1. Default: false. */
  readonly rate?: boolean;
}

export interface Experiment {
  /** Like the file: "unseen-words". */
  readonly name: string;
  /** Two digits: "01". */
  readonly chapter: string;
  /** Seconds that one seed takes, measured on two cores; up to 30 are cheap, and .ci/run checks one seed. */
  readonly seconds: number;
  /** Every value that a run gives. */
  readonly values: Readonly<Record<string, MeasuredValue>>;
  readonly run: (options: ExperimentOptions) => Promise<Values>;
}

/**
 * The values of one seed, each a finite number and each documented.
 *
 * Throws `DataError` when the run gives others than it documents, and what the run itself throws.
 */
export async function runExperiment(
  experiment: Experiment,
  options: ExperimentOptions,
): Promise<Values> {
  const who = `${experiment.name}, seed ${options.seed}`;
  const values = await experiment.run(options);
  const expected = Object.keys(experiment.values);
  const got = Object.keys(values);
  if (got.length !== expected.length || expected.some((name) => !got.includes(name))) {
    throw new DataError(
      `${who}: expected the values ${expected.join(", ")}, got ${got.join(", ") || "none"}; document in the experiment what it gives`,
    );
  }
  for (const name of expected) {
    if (!Number.isFinite(values[name])) {
      throw new DataError(
        `${who}: expected a finite number for ${name}, got ${String(values[name])}; look at what it divides by`,
      );
    }
  }
  return Object.fromEntries(expected.map((name) => [name, values[name] as number]));
}
