/**
 * Filters of probabilities: only the k largest stay, or the fewest that add up to a share p.
 *
 * Neither needs to know the order of all V tokens: that of those which may stay is enough.
 *
 * Axes:    V vocabulary
 * Source:  Hoare (1961), "Algorithm 65: Find", https://doi.org/10.1145/366622.366647;
 *          Holtzman et al. (2020), section 3.1, https://arxiv.org/abs/1904.09751
 * Chapter: notebooks/12-gpt.ipynb
 */

/** (V) Sets all but the k largest numbers to 0, 1 ≤ k ≤ V; of equal ones the first stay. */
export function keepLargest(weights: Float64Array, k: number): void {
  const least = kthLargest(weights, k);
  let equal = k; // how many that equal the least may stay
  for (let v = 0; v < weights.length; v++) if (weights[v]! > least) equal--;
  for (let v = 0; v < weights.length; v++) {
    if (weights[v]! < least || (weights[v] === least && equal-- <= 0)) weights[v] = 0;
  }
}

/**
 * (V) Sets all but the n largest numbers to 0, with the smallest n whose sum is at least the share p, 0 < p < 1, of the
 * sum of all; of equal ones the first stay.
 */
export function keepNucleus(weights: Float64Array, p: number): void {
  const V = weights.length;
  let total = 0;
  for (let v = 0; v < V; v++) total += weights[v]!;
  // All numbers below this add up to less than (1 − p) of the total: what stays is among the others.
  const candidates = weights.filter((weight) => weight >= ((1 - p) * total) / V);
  candidates.sort().reverse();
  let n = 0;
  for (let sum = 0; n < candidates.length && sum < p * total; n++) sum += candidates[n]!;
  keepLargest(weights, n);
}

/** The k-th largest number: parts a copy at a guess, goes on in the part that holds it. */
function kthLargest(weights: Float64Array, k: number): number {
  const copy = weights.slice();
  let [first, last] = [0, copy.length - 1];
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
    // Up to j: guess or more; from i: guess or less; between them: guess.
    if (k - 1 <= j) last = j;
    else if (k - 1 >= i) first = i;
    else break;
  }
  return copy[k - 1]!;
}
