/**
 * Random numbers from a seed: same seed, same numbers, on every machine.
 *
 * Philox encrypts a counter in ten rounds of multiplication; the key is the seed. The n-th number
 * depends on the seed and on n alone, so a run can be resumed from a stored position.
 *
 * Source:  Salmon et al. (2011), "Parallel Random Numbers: As Easy as 1, 2, 3", section 3.3
 * Chapter: notebooks/00-start.ipynb
 */
import { ConfigError } from "./errors.ts";

/** The multipliers and key increments of Philox-4x32 (Salmon et al., table 2 and section 3.3). */
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;
const ROUNDS = 10;

/** Four 32-bit words from a counter of four and a key of two: Philox-4x32-10. */
export function philox(
  counter: readonly [number, number, number, number],
  key: readonly [number, number],
): [number, number, number, number] {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const [high0, low0] = multiply(M0, c0);
    const [high1, low1] = multiply(M1, c2);
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + W0) >>> 0;
    k1 = (k1 + W1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** The 64-bit product of two 32-bit numbers as [high, low]. */
function multiply(a: number, b: number): [number, number] {
  // Four products of 16-bit halves: each fits a double exactly.
  const [aHigh, aLow] = [a >>> 16, a & 0xffff];
  const [bHigh, bLow] = [b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = (middle & 0xffff) + aLow * bHigh;
  const high = aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000);
  return [high >>> 0, Math.imul(a, b) >>> 0];
}

/** A stream of random numbers. */
export class Random {
  readonly #key: readonly [number, number];
  #block: readonly number[] = [];
  #position = 0;

  /** `seed` is a whole number from 0 to 2^53 − 1; throws `ConfigError` for anything else. */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new ConfigError(
        `Random: expected a whole number from 0 to 2^53 - 1 as seed, got ${seed}; use one such as 1`,
      );
    }
    this.#key = [seed >>> 0, Math.floor(seed / 2 ** 32)];
  }

  /** How many words have been drawn: to be stored, and given to `position` to go on from there. */
  get position(): number {
    return this.#position;
  }

  set position(words: number) {
    this.#position = words;
    this.#block = this.#blockAt(words);
  }

  /** A whole number from 0 to 2^32 − 1. */
  word(): number {
    const place = this.#position % 4;
    if (place === 0 || this.#block.length === 0) this.#block = this.#blockAt(this.#position);
    this.#position++;
    return this.#block[place] ?? 0;
  }

  /** A number from 0 up to but not 1, one of 2^53, from two words. */
  uniform(): number {
    const high = this.word() >>> 5; // 27 bits
    const low = this.word() >>> 6; // 26 bits
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** A whole number from 0 to `below` − 1, each equally likely; throws `ConfigError` unless 1 ≤ below ≤ 2^32. */
  integer(below: number): number {
    if (!Number.isInteger(below) || below < 1 || below > 2 ** 32) {
      throw new ConfigError(
        `Random.integer: expected a whole number from 1 to 2^32, got ${below}; ask for at least one choice`,
      );
    }
    // Words past the last full multiple would make small numbers likelier: they are drawn again.
    const limit = 2 ** 32 - (2 ** 32 % below);
    for (;;) {
      const word = this.word();
      if (word < limit) return word % below;
    }
  }

  /** The items in random order, as a new array (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
    }
    return shuffled;
  }

  #blockAt(word: number): readonly number[] {
    const block = Math.floor(word / 4);
    return philox([block >>> 0, Math.floor(block / 2 ** 32), 0, 0], this.#key);
  }
}
