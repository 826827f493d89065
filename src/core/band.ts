/**
 * A band: between which two numbers a measured value lies.
 *
 * Source:  Bouthillier et al. (2021), on variance between seeds, https://arxiv.org/abs/2103.03098
 * Chapter: notebooks/00-start.ipynb
 */

/** The least and the greatest value that are no surprise. */
export type Band = readonly [low: number, high: number];

/** Another processor or another V8 may round a logarithm in its last digit: that is no finding. */
const ROUNDING = 1e-9;

/**
 * Is the value inside? Both ends belong to the band; NaN is never inside.
 *
 * A band of one number holds what no seed changes: there a value may differ by rounding (one part in 1e9) only.
 */
export function isInside(value: number, [low, high]: Band): boolean {
  const slack = ROUNDING * Math.max(Math.abs(low), Math.abs(high));
  return value >= low - slack && value <= high + slack;
}
