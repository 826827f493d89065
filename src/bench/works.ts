/**
 * One piece of work after another, each prepared, compared for equal results, then timed in turns.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/01-tokens.ipynb
 */
import type { BenchmarkOptions, Comparison } from "./benchmark.ts";
import { takeTurns } from "./rounds.ts";
import type { Side, SideTimes } from "./rounds.ts";

/** Two sides that are ready to be timed. */
export interface Prepared {
  /** How much is worked on in one round, in `unit`. */
  readonly amount: number;
  /** "MB", "words". */
  readonly unit: string;
  readonly ours: Side;
  readonly theirs: Side;
  /** What a comparison of their results showed, a sentence each. */
  readonly findings: readonly string[];
}

/** A piece of work that both sides can do. */
export interface Work {
  /** "encode cl100k_base, English, warm". */
  readonly name: string;
  /** Seconds that one round of both takes, roughly: for the time left. */
  readonly seconds: number;
  /** Makes both sides ready, lets each work once without a clock, and compares what came out. */
  readonly prepare: () => Prepared | Promise<Prepared>;
}

/** Times every piece of work, in order. */
export async function timeWorks(
  works: readonly Work[],
  { rounds, onProgress }: BenchmarkOptions,
): Promise<readonly Comparison[]> {
  // One round more for the preparation.
  const total = works.reduce((sum, { seconds }) => sum + seconds * (rounds + 1), 0);
  const comparisons: Comparison[] = [];
  let before = 0;
  for (const { name, seconds, prepare } of works) {
    onProgress?.(before / total, name);
    const { amount, unit, ours, theirs, findings } = await prepare();
    const start = before + seconds;
    const times = await takeTurns([ours, theirs], {
      rounds,
      onProgress: (done) => onProgress?.((start + done * seconds * rounds) / total, name),
    });
    const [a, b] = times as readonly [SideTimes, SideTimes];
    comparisons.push({ work: name, amount, unit, ours: a, theirs: b, findings });
    before += seconds * (rounds + 1);
  }
  return comparisons;
}
