/**
 * From bytes to the token that they are: a hash table over all tokens of a vocabulary.
 *
 * The bytes of all tokens lie behind each other in one array, and the table holds only numbers. So
 * 200,000 tokens are three arrays instead of 200,000 objects, quick to fill and to look up.
 *
 * Axes:    V ids of the tokens
 * Source:  Knuth, "The Art of Computer Programming", volume 3, section 6.4, open addressing;
 *          the hash is FNV-1a, https://www.rfc-editor.org/rfc/rfc9923
 * Chapter: notebooks/01-tokens.ipynb
 */

const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

/** FNV-1a of no bytes, to begin with. */
export const EMPTY_HASH: number = FNV_OFFSET;

/** FNV-1a of some bytes and one more. */
export function extendHash(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, FNV_PRIME);
}

/** FNV-1a of the bytes from `start` up to `end`. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = FNV_OFFSET;
  for (let at = start; at < end; at++) hash = extendHash(hash, bytes[at] as number);
  return hash;
}

/** The tokens of a vocabulary, found by their bytes. */
export class TokenTable {
  /** The bytes of all tokens, one behind the other in the order of their ids. */
  readonly bytes: Uint8Array;
  /** (V + 1) Token i is bytes[starts[i]] up to bytes[starts[i + 1]]; empty where no token has that id. */
  readonly starts: Int32Array;
  /** Of each slot the hash, then the id or -1: two numbers side by side in memory. */
  readonly #slots: Int32Array;
  readonly #mask: number;

  constructor(tokens: readonly (Uint8Array | undefined)[]) {
    const V = tokens.length;
    this.starts = new Int32Array(V + 1);
    for (let id = 0; id < V; id++) {
      this.starts[id + 1] = (this.starts[id] as number) + (tokens[id]?.length ?? 0);
    }
    this.bytes = new Uint8Array(this.starts[V] as number);
    const slots = 2 ** Math.ceil(Math.log2(2 * V + 2)); // at most half full
    this.#mask = slots - 1;
    this.#slots = new Int32Array(2 * slots).fill(-1);
    for (let id = 0; id < V; id++) {
      const token = tokens[id];
      if (token !== undefined && token.length > 0) this.#add(id, token);
    }
  }

  /** The id of the token that is the bytes from `start` up to `end`, whose FNV-1a is `hash`; or -1. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    for (let slot = this.#slotOf(hash); ; slot = (slot + 1) & this.#mask) {
      const id = slots[2 * slot + 1] as number;
      if (id < 0) return -1;
      if (slots[2 * slot] === hash && this.#equals(id, bytes, start, end)) return id;
    }
  }

  #add(id: number, token: Uint8Array): void {
    const start = this.starts[id] as number;
    const end = start + token.length;
    let hash = FNV_OFFSET;
    for (let at = start; at < end; at++) {
      const byte = token[at - start] as number;
      this.bytes[at] = byte;
      hash = extendHash(hash, byte);
    }
    if (this.find(this.bytes, start, end, hash) >= 0) return; // of two with the same bytes the first counts
    let slot = this.#slotOf(hash);
    while ((this.#slots[2 * slot + 1] as number) >= 0) slot = (slot + 1) & this.#mask;
    this.#slots[2 * slot] = hash;
    this.#slots[2 * slot + 1] = id;
  }

  /** FNV-1a mixes upwards only: the high half is folded onto the low one. */
  #slotOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & this.#mask;
  }

  #equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.starts[id] as number;
    if ((this.starts[id + 1] as number) - from !== end - start) return false;
    for (let at = start; at < end; at++) {
      if (this.bytes[from + at - start] !== bytes[at]) return false;
    }
    return true;
  }
}
