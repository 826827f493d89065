/**
 * Pairs that wait to be joined: the lowest order first, of equal ones the leftmost.
 *
 * A binary heap over plain numbers: order and place are packed into one, so that comparing two
 * numbers compares both.
 *
 * Source:  Williams (1964), "Algorithm 232: Heapsort"
 * Chapter: notebooks/01-tokens.ipynb
 */

/** Places are below 2^31 and orders below 2^21, so that the packed number is exact. */
const PLACES = 2 ** 31;

/** A queue of (order, place), both whole numbers from 0. */
export class JoinQueue {
  /** What `take` has taken. */
  order = 0;
  at = 0;
  #heap: Float64Array;
  #size = 0;

  /** Room for `capacity` pairs; it grows when there are more. */
  constructor(capacity: number) {
    this.#heap = new Float64Array(capacity);
  }

  add(order: number, at: number): void {
    if (this.#size === this.#heap.length) {
      const larger = new Float64Array(2 * this.#size + 1);
      larger.set(this.#heap);
      this.#heap = larger;
    }
    const heap = this.#heap;
    const entry = order * PLACES + at;
    let child = this.#size++;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = heap[parent] as number;
      if (above <= entry) break;
      heap[child] = above;
      child = parent;
    }
    heap[child] = entry;
  }

  /** Takes the first one out, into `order` and `at`; false when none is left. */
  take(): boolean {
    if (this.#size === 0) return false;
    const heap = this.#heap;
    const first = heap[0] as number;
    const entry = heap[--this.#size] as number;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && (heap[child + 1] as number) < (heap[child] as number)) child++;
      const below = heap[child] as number;
      if (below >= entry) break;
      heap[parent] = below;
      parent = child;
    }
    heap[parent] = entry;
    this.order = Math.floor(first / PLACES);
    this.at = first - this.order * PLACES;
    return true;
  }
}
