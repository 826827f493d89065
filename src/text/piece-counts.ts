/**
 * How often each piece occurs in a text: learning looks at every different piece once.
 *
 * A book of 1.2 million characters is cut into a quarter of a million pieces, but only one in ten
 * is new. They are found by a hash of their characters, without making a string of a piece that was
 * seen before, and kept in a copy, so that texts can be let go.
 *
 * Source:  Sennrich et al. (2016), algorithm 1 (a dictionary of words with their frequencies),
 *          https://arxiv.org/abs/1508.07909; FNV-1a hash, RFC 9923
 * Chapter: notebooks/01-tokens.ipynb
 */

/** Pieces of text, each kept once, with the number of times it was added. */
export class PieceCounts {
  readonly #counts: number[] = [];
  readonly #hashes: number[] = [];
  /** Piece p is `units` from `ends[p]` up to `ends[p + 1]`. */
  readonly #ends: number[] = [0];
  #units = new Uint16Array(1 << 16);
  /** Open addressing: 1 + piece at the slot of its hash or after it; 0 is free. Length a power of two. */
  #slots = new Int32Array(1 << 12);

  /** How many different pieces there are. */
  get size(): number {
    return this.#counts.length;
  }

  /** Counts the piece of `text` from `start` up to `end`. */
  add(text: string, start: number, end: number): void {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15; // the low bits choose the slot: let the high ones reach them
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const piece = (slots[slot] as number) - 1;
      if (this.#hashes[piece] === hash && this.#is(piece, text, start, end)) {
        this.#counts[piece] = (this.#counts[piece] as number) + 1;
        return;
      }
    }
    slots[slot] = this.#keep(text, start, end, hash);
    if (this.size * 2 > slots.length) this.#grow();
  }

  /** Each different piece with its count, in order of first appearance. */
  *entries(): Generator<[piece: string, count: number]> {
    const bytes = Buffer.from(this.#units.buffer);
    for (const [piece, count] of this.#counts.entries()) {
      const [start, end] = [this.#ends[piece] as number, this.#ends[piece + 1] as number];
      yield [bytes.toString("utf16le", 2 * start, 2 * end), count];
    }
  }

  #is(piece: number, text: string, start: number, end: number): boolean {
    const from = this.#ends[piece] as number;
    if ((this.#ends[piece + 1] as number) - from !== end - start) return false;
    for (let i = start; i < end; i++) {
      if (this.#units[from + i - start] !== text.charCodeAt(i)) return false;
    }
    return true;
  }

  /** Returns 1 + the number of the new piece. */
  #keep(text: string, start: number, end: number, hash: number): number {
    const from = this.#ends[this.size] as number;
    const needed = from + end - start;
    if (needed > this.#units.length) {
      const larger = new Uint16Array(2 * needed);
      larger.set(this.#units);
      this.#units = larger;
    }
    for (let i = start; i < end; i++) this.#units[from + i - start] = text.charCodeAt(i);
    this.#ends.push(needed);
    this.#hashes.push(hash);
    return this.#counts.push(1);
  }

  /** Twice the slots, so that at least half of them are free. */
  #grow(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (const [piece, hash] of this.#hashes.entries()) {
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = piece + 1;
    }
    this.#slots = slots;
  }
}
