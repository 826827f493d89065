/**
 * k-means: points in groups, each around its own middle, without anyone saying what the groups are.
 *
 * The first middles are drawn far apart (k-means++): each next one is a point, the likelier the farther it lies
 * from the middles there are. Then two steps take turns: each point joins the nearest middle, each middle moves
 * to the mean of its points.
 *
 * Axes:    n points, C channels, k groups
 * Source:  Lloyd (1982), "Least squares quantization in PCM"; Arthur and Vassilvitskii (2007), "k-means++"
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { ConfigError, ShapeError } from "../core/errors.ts";
import { throwIfStopping } from "../core/interrupt.ts";
import { Random } from "../core/random.ts";

export interface KMeansOptions {
  /** k, from 1 to n. */
  readonly groups: number;
  readonly seed: number;
  /** The most turns, should the groups never come to rest. Default: 100. */
  readonly turns?: number;
}

export interface Groups {
  /** (n) The group of each point, from 0 to k − 1. */
  readonly groupOf: Int32Array;
  /** (k, C) The mean of each group. */
  readonly middles: readonly Float64Array[];
  /** The mean squared distance of a point from its middle. */
  readonly spread: number;
}

/** Sorts n points of C numbers into groups; throws `ConfigError` unless 1 ≤ groups ≤ n, `ShapeError` for unequal lengths. */
export function kMeans(
  points: readonly ArrayLike<number>[],
  { groups, seed, turns = 100 }: KMeansOptions,
): Groups {
  const C = points[0]?.length ?? 0;
  const odd = points.find((point) => point.length !== C);
  if (odd !== undefined) {
    throw new ShapeError(
      `kMeans: expected points of one length, got some of ${C} and some of ${odd.length} numbers`,
    );
  }
  if (!Number.isInteger(groups) || groups < 1 || groups > points.length) {
    throw new ConfigError(
      `kMeans: expected from 1 to ${points.length} groups for ${points.length} points, got ${groups}`,
    );
  }
  let middles = firstMiddles(points, groups, new Random(seed));
  let groupOf = join(points, middles);
  for (let turn = 0; turn < turns; turn++) {
    throwIfStopping();
    middles = means(points, groupOf, middles);
    const joined = join(points, middles);
    const resting = joined.every((group, i) => group === groupOf[i]);
    groupOf = joined;
    if (resting) break;
  }
  const distances = points.map((point, i) => squaredDistance(point, middles[groupOf[i]!]!));
  const spread = distances.reduce((sum, value) => sum + value, 0) / points.length;
  return { groupOf, middles, spread };
}

/** k points, each drawn with a chance proportional to its squared distance from those before. */
function firstMiddles(
  points: readonly ArrayLike<number>[],
  k: number,
  random: Random,
): Float64Array[] {
  const middles = [Float64Array.from(points[random.integer(points.length)]!)];
  const nearest = Float64Array.from(points, (point) => squaredDistance(point, middles[0]!));
  while (middles.length < k) {
    const total = nearest.reduce((sum, value) => sum + value, 0);
    let height = random.uniform() * total;
    let chosen = 0; // stays where all distances are 0: any point will do
    for (let i = 0; i < points.length && height >= 0; i++) {
      if (nearest[i]! > 0) chosen = i; // the last one, should rounding run past the end
      height -= nearest[i]!;
    }
    const middle = Float64Array.from(points[chosen]!);
    middles.push(middle);
    points.forEach((point, i) => {
      nearest[i] = Math.min(nearest[i]!, squaredDistance(point, middle));
    });
  }
  return middles;
}

/** (n) The nearest middle of each point; of equals the first. */
function join(points: readonly ArrayLike<number>[], middles: readonly Float64Array[]): Int32Array {
  return Int32Array.from(points, (point) => {
    let [best, least] = [0, Infinity];
    middles.forEach((middle, group) => {
      const distance = squaredDistance(point, middle);
      if (distance < least) [best, least] = [group, distance];
    });
    return best;
  });
}

/** (k, C) The means; a group that lost all its points keeps its middle. */
function means(
  points: readonly ArrayLike<number>[],
  groupOf: Int32Array,
  before: readonly Float64Array[],
): Float64Array[] {
  const sums = before.map((middle) => new Float64Array(middle.length));
  const sizes = new Int32Array(before.length);
  points.forEach((point, i) => {
    const sum = sums[groupOf[i]!]!;
    for (let c = 0; c < sum.length; c++) sum[c]! += point[c]!;
    sizes[groupOf[i]!]! += 1;
  });
  return sums.map((sum, group) =>
    sizes[group] === 0 ? before[group]! : sum.map((value) => value / sizes[group]!),
  );
}

function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
