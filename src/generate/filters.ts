/**
 * Filters of probabilities: only the k largest stay, or the fewest that add up to a share p.
 *
 * The order of all V tokens is never needed: numbers are parted at a guess into larger and smaller ones, and the search
 * goes on in the part that has the border. That is work for about 3 V numbers, where a sort has V log V.
 *
 * Axes:    V vocabulary
 * Source:  Hoare (1961), "Algorithm 65: Find", https://doi.org/10.1145/366622.366647;
 *          Holtzman et al. (2020), section 3.1, https://arxiv.org/abs/1904.09751
 * Chapter: notebooks/12-gpt.ipynb
 */

/** (V) Sets all but the k largest numbers to 0, 1 ≤ k ≤ V; of equal ones the first stay. */
export function keepLargest(weights: Float64Array, k: number): void {
  keep(weights, (count) => count >= k);
}

/**
 * (V) Sets all but the n largest numbers to 0, with the smallest n whose sum is at least the share p, 0 < p < 1, of the
 * sum of all; of equal ones the first stay.
 */
export function keepNucleus(weights: Float64Array, p: number): void {
  let total = 0;
  for (let v = 0; v < weights.length; v++) total += weights[v]!;
  keep(weights, (_, sum) => sum >= p * total);
}

/** Do so many of the largest numbers, with that sum, suffice? */
type IsEnough = (count: number, sum: number) => boolean;

/** Keeps the fewest of the largest numbers that are enough. */
function keep(weights: Float64Array, isEnough: IsEnough): void {
  const { least, count } = border(weights, isEnough);
  let equal = count; // how many that equal the least stay
  for (let v = 0; v < weights.length; v++) if (weights[v]! > least) equal--;
  for (let v = 0; v < weights.length; v++) {
    if (weights[v]! < least || (weights[v] === least && equal-- <= 0)) weights[v] = 0;
  }
}

/** Of the fewest largest numbers that are enough, or of all: how many they are, and the least of them. */
function border(weights: Float64Array, isEnough: IsEnough): { least: number; count: number } {
  const copy = weights.slice();
  let [first, last] = [0, copy.length - 1];
  let before = 0; // the sum of those left of `first`, which are all needed
  while (first < last) {
    const guess = copy[(first + last) >> 1]!;
    let [i, j] = [first, last];
    while (i <= j) {
      while (copy[i]! > guess) i++;
      while (copy[j]! < guess) j--;
      if (i > j) break;
      [copy[i], copy[j]] = [copy[j]!, copy[i]!];
      i++;
      j--;
    }
    // Up to j: the guess or more; from i: the guess or less; a number between them is the guess.
    let sum = before;
    for (let n = first; n <= j; n++) sum += copy[n]!;
    if (isEnough(j + 1, sum)) {
      last = j;
      continue;
    }
    if (i - j > 1) {
      sum += guess;
      if (isEnough(j + 2, sum)) return { least: guess, count: j + 2 };
    }
    if (i > last) break; // all of them are not enough
    before = sum;
    first = i;
  }
  const place = Math.max(first, last);
  return { least: copy[place]!, count: place + 1 };
}
