/**
 * One side beside each of the others.
 *
 * Source:  https://www.npmjs.com/package/tinybench, on what such a report should hold
 * Chapter: notebooks/01-tokens.ipynb
 */
import type { Comparison } from "./benchmark.ts";
import type { SideTimes } from "./rounds.ts";

/** The first side beside every other, or alone; what was found stands with the first comparison. */
export function compareWithEach(
  [ours, ...others]: readonly SideTimes[],
  { findings, ...work }: Omit<Comparison, "ours" | "theirs">,
): readonly Comparison[] {
  const first = { ...work, ours: ours as SideTimes, findings };
  if (others.length === 0) return [first];
  return others.map((theirs, place) => ({
    ...first,
    theirs,
    findings: place === 0 ? findings : [],
  }));
}
