/**
 * Principal components: the few directions along which points differ most, to draw many channels on a page.
 *
 * Axes:    n points, C channels, D components
 * Source:  Pearson (1901); Hastie et al., "The Elements of Statistical Learning", section 14.5
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { ConfigError, ShapeError } from "../core/errors.ts";
import { symmetricEigenvectors } from "./symmetric-eigenvectors.ts";

export interface PrincipalComponents {
  /** (C) The middle of the points. */
  readonly mean: Float64Array;
  /** (D, C) Directions of length 1 at right angles, the one along which points differ most first. */
  readonly components: readonly Float64Array[];
  /** (D) The variance of the points along each. */
  readonly variances: Float64Array;
  /** (D) The part of the whole variance that each holds, from 0 to 1. */
  readonly shares: Float64Array;
  /** (n, D) Where each point lies along them, seen from the middle. */
  readonly places: readonly Float64Array[];
}

/**
 * The D = `count` (default 2) principal components of n points of C numbers.
 *
 * Throws `ShapeError` for fewer than two points or unequal lengths, `ConfigError` unless 1 ≤ count ≤ C.
 */
export function principalComponents(
  points: readonly ArrayLike<number>[],
  { count = 2 }: { readonly count?: number } = {},
): PrincipalComponents {
  const n = points.length;
  const C = points[0]?.length ?? 0;
  const odd = points.find((point) => point.length !== C);
  if (n < 2 || odd !== undefined) {
    const got = odd === undefined ? `${n} points` : `points of ${C} and of ${odd.length} numbers`;
    throw new ShapeError(
      `principalComponents: expected two or more points of one length, got ${got}`,
    );
  }
  if (!Number.isInteger(count) || count < 1 || count > C) {
    throw new ConfigError(
      `principalComponents: expected a count from 1 to ${C}, got ${count}; points of ${C} numbers have no more`,
    );
  }
  const mean = Float64Array.from({ length: C }, (_, i) => {
    return points.reduce((sum, point) => sum + point[i]!, 0) / n;
  });
  const centred = points.map((point) => mean.map((middle, i) => point[i]! - middle)); // (n, C)
  const { values, vectors } = symmetricEigenvectors(covariance(centred));
  const total = values.reduce((sum, value) => sum + value, 0);
  const components = vectors.slice(0, count);
  const variances = values.slice(0, count);
  return {
    mean,
    components,
    variances,
    shares: variances.map((variance) => (total === 0 ? 0 : variance / total)),
    places: centred.map((point) => Float64Array.from(components, (axis) => dot(point, axis))),
  };
}

/** (C, C) Σ xᵢ xⱼ / (n − 1) for points (n, C) whose mean is 0. */
function covariance(centred: readonly Float64Array[]): Float64Array[] {
  const C = centred[0]!.length;
  const sums = Array.from({ length: C }, () => new Float64Array(C));
  for (const point of centred) {
    for (let i = 0; i < C; i++) {
      const row = sums[i]!;
      for (let j = 0; j < C; j++) row[j]! += point[i]! * point[j]!;
    }
  }
  return sums.map((row) => row.map((sum) => sum / (centred.length - 1)));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
