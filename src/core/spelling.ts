/**
 * Which known words look like a misspelled one: what an error message suggests.
 *
 * Source:  Levenshtein (1966), "Binary codes capable of correcting deletions, insertions, and reversals"
 * Chapter: notebooks/02-embeddings.ipynb
 */

/** How many letters to insert, delete or replace to turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
    above = row;
  }
  return above[b.length]!;
}

/** The up to `count` words (default 3) at most 2 letters away from `word`, the nearest first; of equals the one that stands first. */
export function nearSpellings(
  word: string,
  words: readonly string[],
  { count = 3 }: { readonly count?: number } = {},
): string[] {
  return words
    .filter((other) => Math.abs(other.length - word.length) <= 2)
    .map((other) => ({ other, distance: editDistance(word, other) }))
    .filter(({ distance }) => distance <= 2)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ other }) => other);
}
