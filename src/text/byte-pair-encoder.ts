/**
 * The bytes of one piece into ids: of all pairs side by side the first learned joins first, until none is left.
 *
 *     l o w e r   ->   lo w e r   ->   low e r   ->   low er      (merges: l+o, lo+w, e+r)
 *
 * In a short piece the first pair is searched for each time. In a long one that would be quadratic:
 * there the pairs wait in a heap, and the parts are a linked list, so n bytes take O(n log n).
 *
 * Source:  Sennrich et al. (2016), section 3.2, https://arxiv.org/abs/1508.07909
 * Chapter: notebooks/01-tokens.ipynb
 */
import { DataError } from "../core/errors.ts";
import type { BytePairs } from "./byte-pairs.ts";
import { JoinQueue } from "./join-queue.ts";
import { NEVER, PairTable } from "./pair-table.ts";
import { TokenTable } from "./token-table.ts";

/** Bytes from which the heap is faster than the search. */
const LONG = 128;

/** Joins the bytes of one piece to tokens. */
export class BytePairEncoder {
  readonly tokens: TokenTable;
  /** Is a whole piece that is a token that token, whatever would join? So it is with ranks alone. */
  readonly wholeFirst: boolean;
  readonly #pairs: PairTable;
  /** (256) The id of each byte. */
  readonly #byteIds: Int32Array;
  readonly #parts = new Int32Array(LONG + 1);
  readonly #orders = new Int32Array(LONG + 1);

  /** Throws `DataError` when a byte has no token, or a merge names an id without one. */
  constructor(pairs: BytePairs) {
    this.tokens = new TokenTable(pairs.tokens);
    this.wholeFirst = pairs.merges === undefined;
    this.#pairs = new PairTable(pairs, this.tokens);
    this.#byteIds = byteIds(pairs);
  }

  /** Adds the ids of the piece bytes[0] up to bytes[length] to `ids`. */
  append(bytes: Uint8Array, length: number, ids: number[]): void {
    if (length > LONG) this.#appendLong(bytes, length, ids);
    else this.#appendShort(bytes, length, ids);
  }

  #appendShort(bytes: Uint8Array, length: number, ids: number[]): void {
    const [parts, orders, pairs] = [this.#parts, this.#orders, this.#pairs];
    // orders[i] belongs to parts[i] and parts[i + 1]; that of the last part stays NEVER.
    for (let i = 0; i < length; i++) parts[i] = this.#byteIds[bytes[i] as number] as number;
    let count = length;
    for (let i = 0; i + 1 < count; i++) {
      orders[i] = pairs.order(parts[i] as number, parts[i + 1] as number);
    }
    orders[count - 1] = NEVER;
    for (;;) {
      let first = NEVER;
      let at = 0;
      for (let i = 0; i < count; i++) {
        if ((orders[i] as number) < first) first = orders[(at = i)] as number;
      }
      if (first === NEVER) break;
      parts[at] = pairs.joined[first] as number;
      count--;
      for (let i = at + 1; i < count; i++) {
        parts[i] = parts[i + 1] as number;
        orders[i] = orders[i + 1] as number;
      }
      orders[at] =
        at + 1 < count ? pairs.order(parts[at] as number, parts[at + 1] as number) : NEVER;
      if (at > 0) orders[at - 1] = pairs.order(parts[at - 1] as number, parts[at] as number);
    }
    for (let i = 0; i < count; i++) ids.push(parts[i] as number);
  }

  #appendLong(bytes: Uint8Array, length: number, ids: number[]): void {
    const pairs = this.#pairs;
    const parts = new Int32Array(length);
    const next = new Int32Array(length); // the part to the right; `length` for the last
    const previous = new Int32Array(length); // the part to the left; -1 for the first
    const orders = new Int32Array(length).fill(NEVER); // of the pair that begins at this part
    for (let i = 0; i < length; i++) {
      parts[i] = this.#byteIds[bytes[i] as number] as number;
      next[i] = i + 1;
      previous[i] = i - 1;
    }
    const queue = new JoinQueue(length);
    const renew = (at: number): void => {
      const right = next[at] as number;
      const order =
        right < length ? pairs.order(parts[at] as number, parts[right] as number) : NEVER;
      orders[at] = order;
      if (order !== NEVER) queue.add(order, at);
    };
    for (let i = 0; i < length; i++) renew(i);
    while (queue.take()) {
      const { order, at } = queue;
      if (orders[at] !== order) continue; // one of the two has joined another meanwhile
      const right = next[at] as number;
      const after = next[right] as number;
      parts[at] = pairs.joined[order] as number;
      orders[right] = NEVER;
      next[at] = after;
      if (after < length) previous[after] = at;
      renew(at);
      if ((previous[at] as number) >= 0) renew(previous[at] as number);
    }
    for (let i = 0; i < length; i = next[i] as number) ids.push(parts[i] as number);
  }
}

function byteIds(pairs: BytePairs): Int32Array {
  const ids = new Int32Array(256).fill(-1);
  pairs.tokens.forEach((token, id) => {
    const byte = token?.length === 1 ? token[0] : undefined;
    if (byte !== undefined && ids[byte] === -1) ids[byte] = id;
  });
  const missing = ids.indexOf(-1);
  if (missing >= 0) {
    throw new DataError(
      `BytePairTokenizer: expected a token for each of the 256 bytes, got none for byte ${missing}; add it to the vocabulary`,
    );
  }
  return ids;
}
