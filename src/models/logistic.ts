/**
 * The logistic curve σ(x) = 1 / (1 + e⁻ˣ), and −log σ, exactly and from tables.
 *
 * Training asks for them hundreds of millions of times. Between two entries of a table, 1/128 apart, the curve
 * is as good as straight: the error is below 1e-6. Past ±16 the tables hold the value at 16, 1e-7 from the end.
 *
 * Source:  Mikolov's word2vec.c keeps 1,000 values of σ from −6 to 6, and 0 or 1 outside
 * Chapter: notebooks/02-embeddings.ipynb
 */

/** σ(x): from 0 to 1, 1/2 at 0. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** −log σ(x), in nats: what it costs to give a chance of σ(x) to what happens. */
export function surprise(x: number): number {
  // e^−|x| never overflows: log(1 + e⁻ˣ) = max(−x, 0) + log(1 + e^−|x|).
  return Math.max(-x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

const MOST = 16;
const PER_UNIT = 128;
const sigmoids = table(sigmoid);
const surprises = table(surprise);

/** σ(x) to 1e-6, from a table. */
export function quickSigmoid(x: number): number {
  return lookUp(sigmoids, x);
}

/** −log σ(x) from a table, to 1e-6 from −16 to 16. */
export function quickSurprise(x: number): number {
  return lookUp(surprises, x);
}

function table(curve: (x: number) => number): Float64Array {
  const entries = 2 * MOST * PER_UNIT + 2; // one beyond the end, so that every entry has a next one
  return Float64Array.from({ length: entries }, (_, i) => curve(i / PER_UNIT - MOST));
}

function lookUp(values: Float64Array, x: number): number {
  const place = (Math.min(Math.max(x, -MOST), MOST) + MOST) * PER_UNIT;
  const left = Math.floor(place);
  return values[left]! + (place - left) * (values[left + 1]! - values[left]!);
}
