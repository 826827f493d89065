/**
 * Where each pair of tokens stands in all pieces, kept right while pairs are joined.
 *
 * Every token of every piece has a place. Two linked lists run through the places: one from token to
 * token of a piece, one from occurrence to occurrence of the same pair. Joining a pair therefore
 * touches its own occurrences and their neighbours, and costs nothing for the rest of the text.
 *
 *     place        0   1   2   3          pair (a, b) stands at 0 and 2; after it was joined to ab:
 *     token        a   b   a   b     →    ab  ·   ab  ·      pair (ab, ab) stands at 0
 *
 * Source:  Larsson and Moffat (2000), "Off-line dictionary-based compression", section 3 (the lists)
 * Chapter: notebooks/01-tokens.ipynb
 */
import { bytesByLetter } from "./byte-letters.ts";
import type { PairList } from "./pair-queue.ts";
import type { PieceCounts } from "./piece-counts.ts";

/** No place, no pair. */
const NONE = -1;

/** Number of each byte as a token: its rank among the byte letters. */
const numberOfByte = new Uint16Array(256);
for (const [number, byte] of bytesByLetter.entries()) numberOfByte[byte] = number;

/** The tokens of all pieces and the pairs among them, each pair with its count. */
export class PairPlaces implements PairList {
  readonly left: number[] = [];
  readonly right: number[] = [];
  readonly count: number[] = [];
  /** A place of each pair, from which `#nextAlike` leads to the others. */
  readonly #first: number[] = [];

  // By place:
  readonly #token: Int32Array;
  readonly #times: Float64Array; // how often its piece occurs
  readonly #next: Int32Array; // the place of the next token of the piece
  readonly #previous: Int32Array;
  readonly #pair: Int32Array; // the pair of this token and the next
  readonly #nextAlike: Int32Array; // the next place of the same pair
  readonly #previousAlike: Int32Array;

  // By token, while one pair is joined: the new pair of that token and the joined one.
  readonly #before: Int32Array;
  readonly #after: Int32Array;

  /** Lays out all pieces as bytes; there will be at most `vocabulary` tokens. */
  constructor(pieces: PieceCounts, vocabulary: number) {
    const [bytes, ends, counts] = bytesOf(pieces);
    this.#token = new Int32Array(bytes.length);
    this.#times = new Float64Array(bytes.length);
    this.#next = new Int32Array(bytes.length);
    this.#previous = new Int32Array(bytes.length);
    this.#pair = new Int32Array(bytes.length).fill(NONE);
    this.#nextAlike = new Int32Array(bytes.length);
    this.#previousAlike = new Int32Array(bytes.length);
    // A join leaves one token fewer in the pieces: there cannot be more joins than bytes.
    const tokens = Math.min(vocabulary, 256 + bytes.length);
    this.#before = new Int32Array(tokens).fill(NONE);
    this.#after = new Int32Array(tokens).fill(NONE);

    const pairs = new Int32Array(256 * 256).fill(NONE);
    let place = 0;
    for (const [piece, end] of ends.entries()) {
      const start = place;
      for (; place < end; place++) {
        this.#token[place] = numberOfByte[bytes[place] as number] as number;
        this.#times[place] = counts[piece] as number;
        this.#previous[place] = place === start ? NONE : place - 1;
        this.#next[place] = place === end - 1 ? NONE : place + 1;
        if (place > start) this.#enter(place - 1, this.#bytePair(place - 1, pairs));
      }
    }
  }

  /** How many pairs were ever seen: their numbers are 0 to `pairs` − 1. */
  get pairs(): number {
    return this.count.length;
  }

  /**
   * Joins all occurrences of a pair, from left to right in each piece, to the token `joined`.
   *
   * The pairs that this makes get the next numbers.
   */
  join(pair: number, joined: number): void {
    const [left, right] = [this.left[pair] as number, this.right[pair] as number];
    const known = this.pairs;
    for (let found = this.#first[pair] as number; found !== NONE;) {
      let place = found;
      if (left === right) {
        // aaa holds (a, a) twice, and the first is to be joined: start where the run starts.
        for (
          let p = place;
          p !== NONE && this.#token[p] === left;
          p = this.#at(this.#previous, p)
        ) {
          place = p;
        }
      }
      while (place !== NONE && this.#pair[place] === pair) {
        this.#joinAt(place, joined);
        place = this.#at(this.#next, place);
      }
      found = this.#first[pair] as number;
    }
    for (let made = known; made < this.pairs; made++) {
      this.#before[this.left[made] as number] = NONE;
      this.#after[this.right[made] as number] = NONE;
    }
  }

  #joinAt(place: number, joined: number): void {
    const second = this.#at(this.#next, place);
    const before = this.#at(this.#previous, place);
    const after = this.#at(this.#next, second);
    if (before !== NONE) this.#leave(before);
    this.#leave(place);
    if (after !== NONE) this.#leave(second);

    this.#token[place] = joined;
    this.#next[place] = after;
    if (after !== NONE) this.#previous[after] = place;

    if (before !== NONE)
      this.#enter(before, this.#pairBefore(this.#at(this.#token, before), joined));
    if (after !== NONE) this.#enter(place, this.#pairAfter(joined, this.#at(this.#token, after)));
  }

  /** The pair that starts at `place` is now `pair`. */
  #enter(place: number, pair: number): void {
    const first = this.#first[pair] as number;
    this.#pair[place] = pair;
    this.#nextAlike[place] = first;
    this.#previousAlike[place] = NONE;
    if (first !== NONE) this.#previousAlike[first] = place;
    this.#first[pair] = place;
    this.count[pair] = (this.count[pair] as number) + (this.#times[place] as number);
  }

  /** The pair that starts at `place` is no longer there. */
  #leave(place: number): void {
    const pair = this.#at(this.#pair, place);
    const next = this.#at(this.#nextAlike, place);
    const previous = this.#at(this.#previousAlike, place);
    if (next !== NONE) this.#previousAlike[next] = previous;
    if (previous !== NONE) this.#nextAlike[previous] = next;
    else this.#first[pair] = next;
    this.#pair[place] = NONE;
    this.count[pair] = (this.count[pair] as number) - (this.#times[place] as number);
  }

  #bytePair(place: number, known: Int32Array): number {
    const [left, right] = [this.#at(this.#token, place), this.#at(this.#token, place + 1)];
    const slot = 256 * left + right;
    if (known[slot] === NONE) known[slot] = this.#newPair(left, right);
    return known[slot] as number;
  }

  #pairBefore(left: number, joined: number): number {
    if (this.#before[left] === NONE) this.#before[left] = this.#newPair(left, joined);
    return this.#before[left] as number;
  }

  #pairAfter(joined: number, right: number): number {
    if (right === joined) return this.#pairBefore(joined, joined);
    if (this.#after[right] === NONE) this.#after[right] = this.#newPair(joined, right);
    return this.#after[right] as number;
  }

  #newPair(left: number, right: number): number {
    this.left.push(left);
    this.right.push(right);
    this.#first.push(NONE);
    return this.count.push(0) - 1;
  }

  #at(array: Int32Array, place: number): number {
    return array[place] as number;
  }
}

/** The UTF-8 bytes of all pieces one after another, where each ends, and how often each occurs. */
function bytesOf(pieces: PieceCounts): [bytes: Uint8Array, ends: number[], counts: number[]] {
  const ends: number[] = [];
  const counts: number[] = [];
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(1 << 16);
  let length = 0;
  for (const [piece, count] of pieces.entries()) {
    if (length + 3 * piece.length > bytes.length) {
      const larger = new Uint8Array(2 * (length + 3 * piece.length));
      larger.set(bytes);
      bytes = larger;
    }
    length += encoder.encodeInto(piece, bytes.subarray(length)).written;
    ends.push(length);
    counts.push(count);
  }
  return [bytes.subarray(0, length), ends, counts];
}
