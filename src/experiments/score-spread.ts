/**
 * Why scores are divided by √D: without it, one word takes all as soon as the vectors are long.
 *
 *     q, k ~ normal numbers:   q·k has the deviation √D,   q·k / √D the deviation 1
 *
 * Axes:    D numbers of a query and of a key
 * Source:  Vaswani et al. (2017), section 3.2.1 with its footnote, https://arxiv.org/abs/1706.03762
 * Chapter: notebooks/08-attention.ipynb
 */
import { Random } from "../core/random.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";

/** Words that a query chooses among, and queries that are drawn. */
const WORDS = 6;
const QUERIES = 500;

/** What random queries do with random keys of D numbers: means over 500 queries, six keys each. */
export interface Spread {
  /** The greatest of the six weights. */
  readonly largest: number;
  /** By how much that weight moves when its score moves by one: p (1 − p). */
  readonly slope: number;
  /** The deviation of the scores. */
  readonly deviation: number;
}

/** The spread for vectors of D normal numbers, the scores divided by √D or not. */
export function scoreSpread(
  D: number,
  { divided, seed }: { readonly divided: boolean; readonly seed: number },
): Spread {
  const random = new Random(seed);
  const scale = divided ? 1 / Math.sqrt(D) : 1;
  let [largest, slope, squares] = [0, 0, 0];
  for (let n = 0; n < QUERIES; n++) {
    const q = normals(D, random);
    const scores = Array.from({ length: WORDS }, () => scale * dot(q, normals(D, random)));
    const p = Math.max(...softmax(scores));
    largest += p / QUERIES;
    slope += (p * (1 - p)) / QUERIES;
    squares += scores.reduce((sum, score) => sum + score ** 2, 0) / (QUERIES * WORDS);
  }
  return { largest, slope, deviation: Math.sqrt(squares) };
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - most));
  const whole = parts.reduce((a, b) => a + b);
  return parts.map((part) => part / whole);
}

/** Normal numbers by the method of Box and Muller. */
function normals(count: number, random: Random): number[] {
  return Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform()),
  );
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

function run({ seed }: ExperimentOptions): Promise<Values> {
  const [raw, divided] = [false, true].map((is) => scoreSpread(256, { divided: is, seed }));
  return Promise.resolve({
    largest: raw!.largest,
    largestDivided: divided!.largest,
    slope: raw!.slope,
    slopeDivided: divided!.slope,
    deviation: raw!.deviation,
    deviationDivided: divided!.deviation,
  });
}

/** Queries and keys of 256 normal numbers, with the division and without. */
export const experiment: Experiment = {
  name: "score-spread",
  chapter: "08",
  seconds: 1,
  values: {
    largest: { says: "greatest of six weights", unit: "of 1", rate: true },
    largestDivided: { says: "the same, divided by √D", unit: "of 1", rate: true },
    slope: { says: "how far it moves when its score moves by one", unit: "of 1", rate: true },
    slopeDivided: { says: "the same, divided by √D", unit: "of 1", rate: true },
    deviation: { says: "deviation of the scores", unit: "score" },
    deviationDivided: { says: "the same, divided by √D", unit: "score" },
  },
  run,
};
