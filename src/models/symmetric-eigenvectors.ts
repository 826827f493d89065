/**
 * The directions that a symmetric matrix only stretches, found by turning it until it is diagonal.
 *
 * Each turn, in the plane of two axes, makes one pair of entries outside the diagonal zero and the sum of the
 * squares of all of them smaller (Jacobi, 1846). A few sweeps over all pairs do.
 *
 * Axes:    C rows and columns
 * Source:  Golub and Van Loan, "Matrix Computations", 4th edition, section 8.5
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { ShapeError } from "../core/errors.ts";
import { throwIfStopping } from "../core/interrupt.ts";

/** Eigenvalues from the greatest to the least, each with its direction. */
export interface Eigenvectors {
  /** (C) */
  readonly values: Float64Array;
  /** (C, C) Row i has length 1 and belongs to `values[i]`; its greatest number (without sign) is positive. */
  readonly vectors: readonly Float64Array[];
}

/** Sweeps that are always enough: convergence is quadratic, and 6 to 10 are usual. */
const SWEEPS = 50;

/** All eigenvalues and eigenvectors of a symmetric (C, C) matrix; throws `ShapeError` for another shape. */
export function symmetricEigenvectors(matrix: readonly ArrayLike<number>[]): Eigenvectors {
  const C = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const wrong = a.find((row) => row.length !== C);
  if (wrong !== undefined) {
    throw new ShapeError(
      `symmetricEigenvectors: expected shape (${C}, ${C}), got a row of ${wrong.length} numbers`,
    );
  }
  const turned = a.map((_, i) => Float64Array.from({ length: C }, (_, j) => (i === j ? 1 : 0)));
  const negligible = 1e-30 * sumOfSquares(a, () => true);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    throwIfStopping();
    if (sumOfSquares(a, (i, j) => i !== j) <= negligible) break;
    for (let p = 0; p < C; p++) {
      for (let q = p + 1; q < C; q++) if (a[p]![q] !== 0) turn(a, turned, p, q);
    }
  }
  const order = [...a.keys()].sort((i, j) => a[j]![j]! - a[i]![i]!);
  return {
    values: Float64Array.from(order, (i) => a[i]![i]!),
    vectors: order.map((i) => withPositivePeak(turned[i]!)),
  };
}

/** Turns axes p and q by the angle after which a[p][q] is 0; the rows of `turned` are the axes. */
function turn(a: Float64Array[], turned: Float64Array[], p: number, q: number): void {
  const tau = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau)); // tan of the angle
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (const row of a) {
    const [x, y] = [row[p]!, row[q]!];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  for (const rows of [a, turned]) {
    const [above, below] = [rows[p]!, rows[q]!];
    for (let j = 0; j < above.length; j++) {
      const [x, y] = [above[j]!, below[j]!];
      above[j] = c * x - s * y;
      below[j] = s * x + c * y;
    }
  }
}

function sumOfSquares(
  a: readonly Float64Array[],
  counted: (i: number, j: number) => boolean,
): number {
  let sum = 0;
  a.forEach((row, i) => row.forEach((value, j) => (sum += counted(i, j) ? value * value : 0)));
  return sum;
}

/** An eigenvector may point either way: this makes the choice the same everywhere. */
function withPositivePeak(vector: Float64Array): Float64Array {
  const peak = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return peak < 0 ? vector.map((value) => -value) : vector;
}
