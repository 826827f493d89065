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
 * The values of one seed, each a finite number and each documented, a rate within 0…1.
 *
 * Throws `DataError` when the run gives others than it documents, and what the run itself throws.
 */
export async function runExperiment(
  experiment: Experiment,
  options: ExperimentOptions,
): Promise<Values> {
  const values = await experiment.run(options);
  return checkedValues(experiment, values, { who: `${experiment.name}, seed ${options.seed}` });
}

export interface CheckedValuesOptions {
  /** What the values are of, to begin the message with: "unseen-words, seed 4". */
  readonly who: string;
  /** What to do, to end the message with. Default: what mends the experiment. */
  readonly mend?: string;
}

/**
 * `values` in the documented order, when they are what the experiment documents.
 *
 * Throws `DataError` for other names, for what is no finite number, and for a rate outside 0…1.
 */
export function checkedValues(
  experiment: Experiment,
  values: unknown,
  { who, mend }: CheckedValuesOptions,
): Values {
  const given = new Map<string, unknown>(Object.entries(values ?? {}));
  const expected = Object.entries(experiment.values);
  if (given.size !== expected.length || expected.some(([name]) => !given.has(name))) {
    const names = expected.map(([name]) => name).join(", ");
    throw new DataError(
      `${who}: expected the values ${names}, got ${[...given.keys()].join(", ") || "none"}; ${mend ?? "document in the experiment what it gives"}`,
    );
  }
  const checked = expected.map(([name, { rate = false }]) => {
    const value = given.get(name);
    const isNumber = typeof value === "number" && Number.isFinite(value);
    if (isNumber && (!rate || (value >= 0 && value <= 1))) return [name, value] as const;
    const wanted = isNumber ? "a rate from 0 to 1" : "a finite number";
    throw new DataError(
      `${who}: expected ${wanted} for ${name}, got ${String(value)}; ${mend ?? "look at what it divides by"}`,
    );
  });
  return Object.fromEntries(checked);
}
