/**
 * Random words as fast as JavaScript can make them, for loops that draw a hundred million of them.
 *
 * Philox (core/random.ts) makes the starting state from the seed; from there xoshiro128** goes on with a few
 * shifts a word. Unlike Philox it cannot jump to a position: to go on later, keep its state.
 *
 * Source:  Blackman and Vigna (2021), "Scrambled Linear Pseudorandom Number Generators", section 5,
 *          https://prng.di.unimi.it/xoshiro128starstar.c
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { Random } from "../core/random.ts";

/** A fast stream of random numbers: same seed, same numbers. */
export class QuickRandom {
  /** Four words that are never all 0. */
  readonly state: Int32Array;

  /** `seed` is a whole number from 0 to 2^53 − 1; throws `ConfigError` for anything else. */
  constructor(seed: number) {
    const random = new Random(seed);
    this.state = Int32Array.from({ length: 4 }, () => random.word());
    this.state[0]! |= 1;
  }

  /** A whole number from 0 to 2^32 − 1. */
  word(): number {
    const s = this.state;
    const s1 = s[1]!;
    const result = Math.imul(rotate(Math.imul(s1, 5), 7), 9);
    s[2]! ^= s[0]!;
    s[3]! ^= s1;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= s1 << 9;
    s[3] = rotate(s[3]!, 11);
    return result >>> 0;
  }

  /** A number from 0 up to but not 1, one of 2^32. */
  uniform(): number {
    return this.word() / 2 ** 32;
  }
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
