/**
 * Which two tokens join, and which pair joins first: a hash table from two ids to one number.
 *
 * A vocabulary with `merges` says it outright. One that is only a list of ranks says it by its bytes:
 * every token is cut in two at every place, and where both parts are tokens, they are a pair.
 *
 * Source:  Sennrich et al. (2016), section 3.2, https://arxiv.org/abs/1508.07909; ranks:
 *          https://github.com/openai/tiktoken
 * Chapter: notebooks/01-tokens.ipynb
 */
import { DataError } from "../core/errors.ts";
import type { BytePairs } from "./byte-pairs.ts";
import { EMPTY_HASH, extendHash, hashBytes, type TokenTable } from "./token-table.ts";

/** The order of two tokens that do not join: later than every other. */
export const NEVER = 0x7fffffff;

/** The pairs of a vocabulary with their order: a lower one joins first. */
export class PairTable {
  /** Of the pair with order i, the id of what it joins to. */
  readonly joined: Int32Array;
  /** Of each slot the left id or -1, the right id, and the order. */
  #slots: Int32Array;
  #mask: number;
  #size = 0;

  /**
   * The pairs of `pairs`, whose tokens are in `table`.
   *
   * Throws `DataError` for a merge that names an id without a token.
   */
  constructor(pairs: BytePairs, table: TokenTable) {
    const expected = pairs.merges?.length ?? 2 * pairs.tokens.length;
    this.#mask = 2 ** Math.ceil(Math.log2(2 * expected + 2)) - 1;
    this.#slots = new Int32Array(3 * (this.#mask + 1)).fill(-1);
    if (pairs.merges) {
      this.joined = new Int32Array(pairs.merges.length);
      pairs.merges.forEach((merge, order) => {
        const hole = merge.find((id) => pairs.tokens[id] === undefined);
        if (hole !== undefined) {
          throw new DataError(
            `BytePairTokenizer: expected merges of ids that are tokens, got ${merge.join(", ")}, and ${hole} is none; repair the vocabulary`,
          );
        }
        const [left, right, joined] = merge;
        this.#add(left, right, order);
        this.joined[order] = joined;
      });
    } else {
      this.joined = Int32Array.from(pairs.tokens.keys()); // a token's rank is its id
      for (let id = 0; id < pairs.tokens.length; id++) this.#addSplits(id, table);
    }
  }

  /** The order of the pair of two ids, or NEVER. */
  order(left: number, right: number): number {
    const slots = this.#slots;
    for (let slot = this.#slotOf(left, right); ; slot = (slot + 1) & this.#mask) {
      const found = slots[3 * slot] as number;
      if (found === left && slots[3 * slot + 1] === right) return slots[3 * slot + 2] as number;
      if (found < 0) return NEVER;
    }
  }

  /** Every pair of tokens that together are the bytes of token `id`. */
  #addSplits(id: number, table: TokenTable): void {
    const { bytes, starts } = table;
    const [start, end] = [starts[id] as number, starts[id + 1] as number];
    let hash = EMPTY_HASH;
    for (let cut = start + 1; cut < end; cut++) {
      hash = extendHash(hash, bytes[cut - 1] as number);
      const left = table.find(bytes, start, cut, hash);
      if (left < 0) continue;
      const right = table.find(bytes, cut, end, hashBytes(bytes, cut, end));
      if (right >= 0) this.#add(left, right, id);
    }
  }

  #add(left: number, right: number, order: number): void {
    if (this.order(left, right) !== NEVER) return; // listed twice: the first counts
    if (2 * this.#size++ > this.#mask) this.#grow();
    this.#put(left, right, order);
  }

  #put(left: number, right: number, order: number): void {
    let slot = this.#slotOf(left, right);
    while ((this.#slots[3 * slot] as number) >= 0) slot = (slot + 1) & this.#mask;
    this.#slots[3 * slot] = left;
    this.#slots[3 * slot + 1] = right;
    this.#slots[3 * slot + 2] = order;
  }

  #grow(): void {
    const old = this.#slots;
    this.#mask = 2 * this.#mask + 1;
    this.#slots = new Int32Array(3 * (this.#mask + 1)).fill(-1);
    for (let at = 0; at < old.length; at += 3) {
      const left = old[at] as number;
      if (left >= 0) this.#put(left, old[at + 1] as number, old[at + 2] as number);
    }
  }

  /** Two odd multipliers (golden ratio, and one of xxHash's primes) spread both ids over all bits. */
  #slotOf(left: number, right: number): number {
    const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca77);
    return (mixed ^ (mixed >>> 15)) & this.#mask;
  }
}
