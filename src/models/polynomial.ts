/**
 * The polynomial of a given degree that comes closest to some points: its squared errors have the least sum.
 *
 *     p(x) = c₀ + c₁·T₁(x) + … + c_d·T_d(x)
 *
 * It is written in Chebyshev's polynomials T of x scaled to −1…1, which stay between −1 and 1; in powers of a year the
 * numbers would swamp each other. The coefficients come at once, from making the columns of T at the points
 * perpendicular (Gram and Schmidt): for a sum of known shapes nobody needs to walk downhill.
 *
 * Axes:    N points, d degree
 * Source:  Trefethen and Bau (1997), "Numerical Linear Algebra", lectures 8 and 11
 * Chapter: notebooks/03-learning.ipynb
 */
import { ConfigError, DataError } from "../core/errors.ts";

/** Points of a plane, such as years and lengths. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface PolynomialOptions {
  /** The highest power: 0 is a constant, 1 a line; less than there are different x. */
  readonly degree: number;
  /** The x that become −1 and 1. Default: the least and the greatest x of the points. */
  readonly domain?: readonly [number, number];
}

/** The closest polynomial as a function of x; throws `ConfigError` for a degree that the points do not determine, `DataError` for points that are none. */
export function fitPolynomial(
  { x, y }: Points,
  { degree, domain = [Math.min(...x), Math.max(...x)] }: PolynomialOptions,
): (x: number) => number {
  expectPoints(x, y);
  const different = new Set(x).size;
  if (!Number.isInteger(degree) || degree < 0 || degree >= different) {
    throw new ConfigError(
      `fitPolynomial: expected a degree from 0 to ${different - 1} for ${different} different x, got ${degree}; give more points or a smaller degree`,
    );
  }
  const [low, high] = domain;
  if (!(low < high || degree === 0)) {
    throw new ConfigError(
      `fitPolynomial: expected a domain [low, high] with low < high, got [${low}, ${high}]; leave it out to take that of the points`,
    );
  }
  const shapes = (at: number): readonly number[] =>
    chebyshev(low < high ? (2 * (at - low)) / (high - low) - 1 : 0, degree);
  const coefficients = leastSquares(x.map(shapes), y);
  return (at) => dot(coefficients, shapes(at));
}

/** How far the values of `curve` are from the points: the root of the mean squared error, in the unit of y. */
export function typicalError(curve: (x: number) => number, { x, y }: Points): number {
  const squares = x.map((at, i) => (curve(at) - y[i]!) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

/** 1, x, T₂(x) … T_degree(x), by Tₖ₊₁ = 2x·Tₖ − Tₖ₋₁. */
function chebyshev(x: number, degree: number): readonly number[] {
  const values = [1, x];
  for (let k = 2; k <= degree; k++) values.push(2 * x * values[k - 1]! - values[k - 2]!);
  return values.slice(0, degree + 1);
}

/** The c for which rows · c is closest to y, by Gram and Schmidt's QR decomposition. */
function leastSquares(rows: readonly (readonly number[])[], y: readonly number[]): number[] {
  const columns = rows[0]!.map((_, j) => rows.map((row) => row[j]!));
  const R = columns.map(() => columns.map(() => 0));
  const rest = [...y];
  const along = columns.map((column, j) => {
    // Twice: what rounding left of the earlier directions the second time takes away.
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i < j; i++) R[i]![j]! += takeAway(columns[i]!, column);
    }
    const length = Math.hypot(...column);
    R[j]![j] = length;
    column.forEach((value, k) => (column[k] = value / length));
    return takeAway(column, rest);
  });
  const c = columns.map(() => 0);
  for (let j = c.length - 1; j >= 0; j--) c[j] = (along[j]! - dot(R[j]!, c)) / R[j]![j]!;
  return c;
}

/** Takes the part along `direction` (of length 1) out of `vector`, and returns how much it was. */
function takeAway(direction: readonly number[], vector: number[]): number {
  const part = dot(direction, vector);
  direction.forEach((value, k) => (vector[k]! -= part * value));
  return part;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function expectPoints(x: readonly number[], y: readonly number[]): void {
  if (x.length !== y.length || x.length === 0) {
    throw new DataError(
      `fitPolynomial: expected as many x as y, and at least one, got ${x.length} and ${y.length}; cut the longer list`,
    );
  }
  const bad = [...x, ...y].find((value) => !Number.isFinite(value));
  if (bad !== undefined) {
    throw new DataError(`fitPolynomial: expected finite numbers, got ${bad}; leave that point out`);
  }
}
