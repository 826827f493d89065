import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { BytePairEncoder } from "../../src/text/byte-pair-encoder.ts";
import type { BytePairs } from "../../src/text/byte-pairs.ts";
import { loadPublished, publishedNames } from "../../src/text/published.ts";

const bytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
const text = (letters: string): Uint8Array => new TextEncoder().encode(letters);
const [a, b, c] = [97, 98, 99];

function encode(pairs: BytePairs, letters: string): number[] {
  const ids: number[] = [];
  new BytePairEncoder(pairs).append(text(letters), letters.length, ids);
  return ids;
}

/** Joins the first pair of all, again and again, by looking at all of them: the definition. */
function slowly(merges: NonNullable<BytePairs["merges"]>, letters: string): number[] {
  const ids = [...text(letters)];
  for (;;) {
    const merge = merges.find(([left, right]) =>
      ids.some((id, i) => id === left && ids[i + 1] === right),
    );
    if (merge === undefined) return ids;
    const at = ids.findIndex((id, i) => id === merge[0] && ids[i + 1] === merge[1]);
    ids.splice(at, 2, merge[2]);
  }
}

describe("merges", () => {
  const tokens = [...bytes, text("bc"), text("ab"), text("abc"), text("aa"), text("aaaa")];
  const merges = [
    [b, c, 256],
    [a, b, 257],
    [a, 256, 258],
    [a, a, 259],
    [259, 259, 260],
  ] as const;
  const pairs: BytePairs = { tokens, merges, pattern: "gpt2", special: {} };

  it("join in the order learned, the leftmost of equal ones first", () => {
    expect(encode(pairs, "abc")).toEqual([258]); // bc was learned before ab
    expect(encode(pairs, "abab")).toEqual([257, 257]);
    expect(encode(pairs, "aaaaa")).toEqual([260, a]);
    expect(encode(pairs, "aab")).toEqual([a, 257]);
  });

  it("give what the definition gives, for short pieces and for long ones", () => {
    const letters = fc
      .tuple(
        fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 60 }),
        fc.constantFrom(1, 9),
      )
      .map(([some, times]) => some.join("").repeat(times));
    fc.assert(
      fc.property(letters, (some) => {
        expect(encode(pairs, some)).toEqual(slowly(merges, some));
      }),
      { numRuns: 300 },
    );
  });

  it("are refused when they name an id without a token", () => {
    const broken: BytePairs = { ...pairs, merges: [[a, 999, 256]] };
    expect(() => new BytePairEncoder(broken)).toThrow(
      "BytePairTokenizer: expected merges of ids that are tokens, got 97, 999, 256, and 999 is none; repair the vocabulary",
    );
  });
});

describe("ranks alone", () => {
  it("join any two tokens whose bytes together are a token, the lowest id first", () => {
    const tokens = [...bytes, text("ab"), text("bc"), text("abc")];
    const pairs: BytePairs = { tokens, pattern: "gpt2", special: {} };
    expect(encode(pairs, "abc")).toEqual([258]); // ab (256) first, then ab + c
    expect(encode(pairs, "bbc")).toEqual([b, 257]);
  });

  it("are refused when a byte has no token", () => {
    const pairs: BytePairs = { tokens: bytes.slice(0, 255), pattern: "gpt2", special: {} };
    expect(() => new BytePairEncoder(pairs)).toThrow(
      "BytePairTokenizer: expected a token for each of the 256 bytes, got none for byte 255; add it to the vocabulary",
    );
  });
});

describe.each(publishedNames)("a megabyte with %s takes less than two seconds", (name) => {
  const tokenizer = loadPublished(name);
  let state = 1;
  const letters = Array.from({ length: 1_000_000 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return String.fromCharCode(a + ((state >>> 16) % 26));
  }).join("");
  const alike = ["a", "7", " ", "é", "中"].map((one): [string, string] => [
    JSON.stringify(one),
    one.repeat(1_000_000 / text(one).length),
  ]);

  it.each([["random letters", letters] as [string, string], ...alike])("of %s", (_, piece) => {
    const from = performance.now();
    const ids = tokenizer.encode(piece);
    expect(performance.now() - from).toBeLessThan(2000);
    expect(tokenizer.decode(ids) === piece).toBe(true);
  });
});
