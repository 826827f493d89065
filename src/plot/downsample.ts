/**
 * Which points of a long series to draw, so that no peak gets lost.
 *
 * The drawing is cut into stretches of equal width, and of each the lowest and the highest point stay.
 * There are more stretches than columns of pixels to tell apart, and the notebook's file stays small.
 *
 * Source:  min-max decimation; compared in Steinarsson (2013), https://hdl.handle.net/1946/15343
 * Chapter: notebooks/00-start.ipynb
 */

/** The most points that a series keeps in a specification. */
export const MOST_POINTS = 500;

/**
 * The indices to keep, in order: all of them, or at most `most` with the first, the last, the lowest and the highest.
 *
 * `places` says where each point is drawn, in any unit; it defaults to 0, 1, 2 ….
 */
export function keepExtremes(
  values: readonly number[],
  places: readonly number[] = values.map((_, i) => i),
  most: number = MOST_POINTS,
): number[] {
  const n = values.length;
  if (n <= most) return values.map((_, index) => index);
  // Two points of each stretch, beside the first and the last of all.
  const stretches = Math.floor((most - 2) / 2);
  const left = places.reduce((a, b) => Math.min(a, b));
  const right = places.reduce((a, b) => Math.max(a, b));
  const lowest = new Map<number, number>();
  const highest = new Map<number, number>();
  for (const [i, value] of values.entries()) {
    const part = ((places[i] ?? 0) - left) / (right - left);
    const stretch = right > left ? Math.min(Math.floor(part * stretches), stretches - 1) : 0;
    if (value < (values[lowest.get(stretch) ?? -1] ?? Infinity)) lowest.set(stretch, i);
    if (value > (values[highest.get(stretch) ?? -1] ?? -Infinity)) highest.set(stretch, i);
  }
  const kept = new Set([0, n - 1, ...lowest.values(), ...highest.values()]);
  return [...kept].sort((a, b) => a - b);
}
