/**
 * Which pair is next: a heap of pairs, the most frequent on top.
 *
 * A pair's count only falls after it was added (new pairs always hold the newest token). So the heap
 * may keep the count that a pair had when it was last looked at: when such a pair comes to the top, it
 * sinks to where it now belongs. Nothing else is moved when counts change.
 *
 * Source:  https://en.wikipedia.org/wiki/Binary_heap
 * Chapter: notebooks/01-tokens.ipynb
 */

/** What the queue reads of pairs, by pair number; the counts may fall, the tokens stay. */
export interface PairList {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly count: readonly number[];
}

/** Numbers of pairs; `pop` gives the one that occurs most often. */
export class PairQueue {
  readonly #pairs: PairList;
  readonly #heap: number[] = [];
  /** The count of each pair when it was last put in its place. */
  readonly #seen: number[] = [];

  constructor(pairs: PairList) {
    this.#pairs = pairs;
  }

  /** Adds a pair with its present count. */
  push(pair: number): void {
    this.#seen[pair] = this.#pairs.count[pair] as number;
    let place = this.#heap.push(pair) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const other = this.#heap[above] as number;
      if (!this.#before(pair, other)) break;
      this.#heap[place] = other;
      place = above;
    }
    this.#heap[place] = pair;
  }

  /**
   * Removes and returns the pair with the highest count; of equal counts the one whose left token has
   * the lowest number, then the one whose right token has. Pairs below `minimum` are dropped;
   * undefined when no other is left.
   */
  pop(minimum: number): number | undefined {
    while (this.#heap.length > 0) {
      const top = this.#heap[0] as number;
      const count = this.#pairs.count[top] as number;
      if (count === this.#seen[top] || count < minimum) {
        const last = this.#heap.pop() as number;
        if (this.#heap.length > 0) this.#sink(last);
        if (count >= minimum) return top;
      } else {
        this.#seen[top] = count;
        this.#sink(top);
      }
    }
    return undefined;
  }

  /** Puts a pair in place of the top one, below all that come before it. */
  #sink(pair: number): void {
    const heap = this.#heap;
    let place = 0;
    for (let below = 1; below < heap.length; below = 2 * place + 1) {
      const right = below + 1;
      if (right < heap.length && this.#before(heap[right] as number, heap[below] as number)) {
        below = right;
      }
      const other = heap[below] as number;
      if (!this.#before(other, pair)) break;
      heap[place] = other;
      place = below;
    }
    heap[place] = pair;
  }

  #before(a: number, b: number): boolean {
    const more = (this.#seen[a] as number) - (this.#seen[b] as number);
    if (more !== 0) return more > 0;
    const { left, right } = this.#pairs;
    if (left[a] !== left[b]) return (left[a] as number) < (left[b] as number);
    return (right[a] as number) < (right[b] as number);
  }
}
