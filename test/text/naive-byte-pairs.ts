import { byteLetters } from "../../src/text/byte-letters.ts";

/** One joined pair: the bytes of both as numbers, and how often it stood there. */
export interface NaiveMerge {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly count: number;
}

/**
 * Byte-pair learning as slow and plain as can be: counts everything anew for each pair that is joined.
 * `pieces` are cut already. Ends when no pair occurs `minimum` times.
 */
export function learnNaively(
  pieces: readonly string[],
  merges: number,
  minimum: number,
): NaiveMerge[] {
  let words = pieces.map((piece) => [...new TextEncoder().encode(piece)].map((byte) => [byte]));
  const order = [...byteLetters].sort().map((letter) => `${byteLetters.indexOf(letter)}`);
  const learned: NaiveMerge[] = [];
  while (learned.length < merges) {
    const counts = new Map<string, number>();
    for (const word of words) {
      for (let i = 1; i < word.length; i++) {
        const pair = word.slice(i - 1, i + 1).join("|");
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    }
    const ranks = (pair: string): number[] => pair.split("|").map((token) => order.indexOf(token));
    const [best] = [...counts].sort(([a, m], [b, n]) => {
      const [aLeft = 0, aRight = 0, bLeft = 0, bRight = 0] = [...ranks(a), ...ranks(b)];
      return n - m || aLeft - bLeft || aRight - bRight;
    });
    if (best === undefined || best[1] < minimum) break;
    const [left = [], right = []] = best[0].split("|").map((t) => t.split(",").map(Number));
    learned.push({ left, right, count: best[1] });
    order.push([...left, ...right].join());
    words = words.map((word) => {
      const joined: number[][] = [];
      for (const token of word) {
        const last = joined.at(-1);
        if (last?.join() === left.join() && token.join() === right.join()) {
          joined[joined.length - 1] = [...left, ...right, NaN]; // NaN: not to be joined again
        } else joined.push(token);
      }
      return joined.map((token) => token.filter((byte) => !Number.isNaN(byte)));
    });
  }
  return learned;
}
