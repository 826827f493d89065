/**
 * The middle of some numbers, which a few very large or small ones do not move.
 *
 * Source:  Tukey (1977), "Exploratory Data Analysis", chapter 2
 * Chapter: notebooks/01-tokens.ipynb
 */

/** The middle number by size; of an even count the mean of the two in the middle, of none NaN. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [left, right] = [sorted[Math.floor(middle)] ?? NaN, sorted[Math.ceil(middle)] ?? NaN];
  return (left + right) / 2;
}
