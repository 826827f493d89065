/**
 * Times of several sides that do the same work, measured in turns within one run.
 *
 * A machine has slow minutes. Sides that run one after the other meet different ones; sides that take turns, each
 * round in the other direction, meet the same. The minimum is the time with the least disturbance, the
 * median the usual one.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", on order
 *          as a bias; Chen and Revels (2016), on the minimum, https://arxiv.org/abs/1608.04295
 * Chapter: notebooks/01-tokens.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { breathe } from "../core/interrupt.ts";
import { median } from "../core/median.ts";

/** One that does the work. */
export interface Side {
  /** As the report calls it, with its version where it has one: "gpt-tokenizer 4.0.0". */
  readonly name: string;
  /** Does the work once; resolves to the seconds that it took, without what had to be prepared for it. */
  readonly round: () => number | Promise<number>;
}

/** The seconds of each round of one side. */
export interface SideTimes {
  readonly name: string;
  readonly seconds: readonly number[];
}

export interface RoundsOptions {
  /** How often each side works, from 1. */
  readonly rounds: number;
  /** Called after each turn with the part that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Runs every side once a round, forwards in even rounds and backwards in odd ones; the times in the order of `sides`.
 *
 * Throws `ConfigError` unless `rounds` is a whole number from 1.
 */
export async function takeTurns(
  sides: readonly Side[],
  { rounds, onProgress }: RoundsOptions,
): Promise<readonly SideTimes[]> {
  if (!Number.isSafeInteger(rounds) || rounds < 1) {
    throw new ConfigError(
      `takeTurns: expected a whole number of rounds from 1, got ${rounds}; 5 is a good start`,
    );
  }
  const times = sides.map(({ name }) => ({ name, seconds: [] as number[] }));
  let turns = 0;
  for (let round = 0; round < rounds; round++) {
    const order = [...sides.keys()];
    if (round % 2 === 1) order.reverse();
    for (const place of order) {
      await breathe();
      const seconds = await (sides[place] as Side).round();
      (times[place] as { seconds: number[] }).seconds.push(seconds);
      onProgress?.(++turns / (rounds * sides.length));
    }
  }
  return times;
}

/** The seconds that some work took; what it returns is thrown away. */
export async function secondsOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The smallest and the middle one of some times. */
export function summarize(seconds: readonly number[]): {
  readonly minimum: number;
  readonly median: number;
} {
  return { minimum: Math.min(...seconds), median: median(seconds) };
}
