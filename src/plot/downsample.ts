/**
 * Which points of a long series to draw, so that no peak gets lost.
 *
 * The series is cut into equal stretches, and of each the lowest and the highest point stay. A picture
 * 480 pixels wide looks the same, and the notebook's file stays small.
 *
 * Source:  min-max decimation; compared in Steinarsson (2013), https://hdl.handle.net/1946/15343
 * Chapter: notebooks/00-start.ipynb
 */

/** The most points that a series keeps in a specification. */
export const MOST_POINTS = 500;

/** The indices to keep, in order: all of them, or at most `most` with the first, the last, the lowest and the highest. */
export function keepExtremes(values: readonly number[], most: number = MOST_POINTS): number[] {
  const n = values.length;
  if (n <= most) return values.map((_, index) => index);
  // Two points of each stretch, beside the first and the last of all.
  const stretches = Math.floor((most - 2) / 2);
  const kept = new Set([0, n - 1]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const start = Math.floor((stretch * n) / stretches);
    const end = Math.floor(((stretch + 1) * n) / stretches);
    let lowest = start;
    let highest = start;
    for (let i = start; i < end; i++) {
      if ((values[i] ?? 0) < (values[lowest] ?? 0)) lowest = i;
      if ((values[i] ?? 0) > (values[highest] ?? 0)) highest = i;
    }
    kept.add(lowest).add(highest);
  }
  return [...kept].sort((a, b) => a - b);
}
