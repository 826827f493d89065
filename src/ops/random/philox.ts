/**
 * Many words of Philox-4x32-10 at once, in whole numbers of 32 bits.
 *
 * The same numbers as `philox` of `core/random.ts`, which computes one block readably; this loop is for millions.
 *
 * Source:  Salmon et al. (2011), "Parallel Random Numbers: As Easy as 1, 2, 3", section 3.3
 * Chapter: notebooks/00-start.ipynb
 */

/** Where a stream of words begins. */
export interface PhiloxStart {
  /** Two words; only the lowest 32 bits of each number count. */
  readonly key: ArrayLike<number>;
  /** Four words, the lowest first. */
  readonly counter: ArrayLike<number>;
}

/** The multipliers, and what is added to the key after each round (section 3.3). */
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;
const ROUNDS = 10;

/**
 * `count` words: four of the block at the counter, four of the next …; the last block may be used in part.
 *
 * The first word of the counter counts the blocks, up to 2³² of them.
 */
export function philoxWords({ key, counter }: PhiloxStart, count: number): Int32Array {
  const words = new Int32Array(Math.ceil(count / 4) * 4);
  const [key0, key1] = Int32Array.from(key) as unknown as [number, number];
  const [first, second, third, fourth] = Int32Array.from(counter) as unknown as [
    number,
    number,
    number,
    number,
  ];
  for (let place = 0; place < words.length; place += 4) {
    let c0 = (first + (place >>> 2)) | 0;
    let c1 = second;
    let c2 = third;
    let c3 = fourth;
    let k0 = key0;
    let k1 = key1;
    for (let round = 0; round < ROUNDS; round++) {
      const upper0 = upperWord(M0 >>> 16, M0 & 0xffff, c0);
      const upper1 = upperWord(M1 >>> 16, M1 & 0xffff, c2);
      const lower0 = Math.imul(M0, c0);
      c0 = upper1 ^ c1 ^ k0;
      c1 = Math.imul(M1, c2);
      c2 = upper0 ^ c3 ^ k1;
      c3 = lower0;
      k0 = (k0 + W0) | 0;
      k1 = (k1 + W1) | 0;
    }
    words[place] = c0;
    words[place + 1] = c1;
    words[place + 2] = c2;
    words[place + 3] = c3;
  }
  return words.length === count ? words : words.slice(0, count);
}

/** The upper 32 of the 64 bits of a product, from four products of 16-bit halves: each sum fits 32 bits. */
function upperWord(high: number, low: number, word: number): number {
  const lowest = word & 0xffff;
  const highest = word >>> 16;
  const middle = (Math.imul(high, lowest) + (Math.imul(low, lowest) >>> 16)) | 0;
  const carry = (Math.imul(low, highest) + (middle & 0xffff)) | 0;
  return (Math.imul(high, highest) + (middle >>> 16) + (carry >>> 16)) | 0;
}
