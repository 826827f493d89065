/**
 * Drawing noise words: each with a chance proportional to its count to the power of 0.75.
 *
 * The power lifts rare words: of counts 1 and 10,000 the first is drawn once in 1,000 times, not once in
 * 10,000. The table has V columns of equal width; each column holds at most two words, so that one random
 * number finds a column and a height in it.
 *
 * Axes:    V words
 * Source:  the power: Mikolov et al. (2013), section 2.2, https://arxiv.org/abs/1310.4546; the table: Walker
 *          (1977), "An efficient method for generating discrete random variables", as built by Vose (1991)
 * Chapter: notebooks/02-embeddings.ipynb
 */

/** The power that the authors of Word2Vec found best. */
const POWER = 0.75;

/** (V) The chance of each word as noise; they add up to 1. */
export function noiseChances(counts: ArrayLike<number>): Float64Array {
  const raised = Float64Array.from(counts, (count) => count ** POWER);
  const total = raised.reduce((sum, value) => sum + value, 0);
  return raised.map((value) => value / total);
}

/** Draws word ids 0 … V − 1 with the given chances, in a time that does not grow with V. */
export class NoiseTable {
  readonly #heights: Float64Array; // (V) up to here column i is word i, above it `others[i]`
  readonly #others: Int32Array;

  /** `chances` (V) add up to 1. */
  constructor(chances: Float64Array) {
    const V = chances.length;
    this.#heights = chances.map((chance) => chance * V); // mean 1
    this.#others = Int32Array.from({ length: V }, (_, id) => id);
    const heights = this.#heights;
    const low = [...heights.keys()].filter((id) => heights[id]! < 1);
    const high = [...heights.keys()].filter((id) => heights[id]! >= 1);
    while (low.length > 0 && high.length > 0) {
      const [short, tall] = [low.pop()!, high.pop()!];
      this.#others[short] = tall; // the tall word fills the short one's column
      heights[tall]! -= 1 - heights[short]!;
      (heights[tall]! < 1 ? low : high).push(tall);
    }
    // What rounding left over is a full column.
    for (const id of [...low, ...high]) heights[id] = 1;
  }

  /** The word that a random 32-bit word falls on. */
  at(word: number): number {
    const place = (word * this.#heights.length) / 2 ** 32;
    const column = Math.floor(place);
    return place - column < this.#heights[column]! ? column : this.#others[column]!;
  }
}
