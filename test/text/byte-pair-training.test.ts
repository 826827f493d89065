import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ConfigError, DataError } from "../../src/core/errors.ts";
import type { BytePairs } from "../../src/text/byte-pairs.ts";
import { trainBytePairs } from "../../src/text/byte-pair-training.ts";
import type { TrainingEvent } from "../../src/text/byte-pair-training.ts";
import { mobyDick } from "../../datasets/moby-dick/chapters.ts";
import { learnNaively } from "./naive-byte-pairs.ts";

/** Keeps every text whole: one piece. */
const WHOLE = String.raw`[\s\S]+`;

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("latin1");

/** The learned pairs as "left+right", one character a byte. */
function learned({ tokens, merges = [] }: BytePairs): string[] {
  return merges.map(([left, right]) => `${text(tokens[left])}+${text(tokens[right])}`);
}

describe("trainBytePairs", () => {
  test("learns Gage's example in the order of the counts", () => {
    const pairs = trainBytePairs(["aaabdaaabac"], { vocabulary: 259, pattern: WHOLE });

    // aa 4 (with overlaps), then ab and aa·a 2 each: a comes before the learned aa.
    expect(learned(pairs)).toEqual(["a+a", "a+b", "aa+ab"]);
    expect(pairs.merges).toEqual([
      [97, 97, 256],
      [97, 98, 257],
      [256, 257, 258],
    ]);
  });

  test("the first 256 ids are the bytes, learned tokens follow, special ones are last", () => {
    const pairs = trainBytePairs(["hohoho"], {
      vocabulary: 259,
      pattern: WHOLE,
      special: ["<|user|>", "<|end|>"],
    });

    expect(pairs.tokens.slice(0, 256)).toEqual(
      Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
    );
    expect(pairs.tokens.slice(256)).toEqual([Uint8Array.from([104, 111])]);
    expect(pairs.special).toEqual({ "<|user|>": 257, "<|end|>": 258 });
    expect(pairs.pattern).toBe(WHOLE);
  });

  test("equal counts: the byte whose letter comes first wins, so ! before a before the space", () => {
    const pairs = trainBytePairs(["ab", "ab", " b", " b", "!b", "!b", "!a", "!a"], {
      vocabulary: 260,
      pattern: WHOLE,
    });

    expect(learned(pairs)).toEqual(["!+a", "!+b", "a+b", " +b"]);
  });

  test("learns what a trainer that counts everything anew learns, counts included", () => {
    const texts = fc.array(
      fc.oneof(
        fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 40 }),
        fc.string({ unit: fc.constantFrom("a", "b", "c", " ", "é", "\ud800"), maxLength: 30 }),
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 3 }), (pieces, minimum) => {
        fc.pre(pieces.some((piece) => piece !== ""));
        const naive = learnNaively(pieces, 1000, minimum);
        const counts: number[] = [];
        const vocabulary = 256 + naive.length;
        const progress = (event: TrainingEvent): void => {
          if (event.type === "merge") counts.push(event.count);
        };
        const options = { vocabulary, minimum, pattern: WHOLE, progress };
        const pairs = trainBytePairs(pieces, options);

        expect(
          pairs.merges?.map(([left, right]) => [pairs.tokens[left], pairs.tokens[right]]),
        ).toEqual(naive.map(({ left, right }) => [Uint8Array.from(left), Uint8Array.from(right)]));
        expect(counts).toEqual(naive.map(({ count }) => count));
        expect(() => trainBytePairs(pieces, { ...options, vocabulary: vocabulary + 1 })).toThrow(
          ConfigError,
        );
      }),
      { numRuns: 300 },
    );
  });

  test("of prose too, with many different pieces", () => {
    const chapters = mobyDick()
      .slice(0, 2)
      .map((chapter) => chapter.text);
    const pattern = String.raw`\S+`;
    const naive = learnNaively(chapters.join(" ").match(/\s+|\S+/g) ?? [], 40, 2);
    const pairs = trainBytePairs([chapters.join(" ")], { vocabulary: 296, pattern });

    expect(learned(pairs)).toEqual(
      naive.map(({ left, right }) =>
        [left, right].map((bytes) => text(Uint8Array.from(bytes))).join("+"),
      ),
    );
  });

  test("pairs never cross the pieces of the pattern, nor two texts", () => {
    const pairs = trainBytePairs(["a b a b a", "b"], { vocabulary: 258 });

    expect(learned(pairs)).toEqual([" +a", " +b"]);
  });

  test("special tokens in the text are not learned from and nothing is joined across them", () => {
    const special = ["<|end|>", "<|end|>!"];
    const pairs = trainBytePairs(["ab<|end|>!ab<|end|>!ab<|end|>ba<|end|>ba"], {
      vocabulary: 260,
      pattern: WHOLE,
      special,
    });

    expect(learned(pairs)).toEqual(["a+b", "b+a"]);
    expect(() =>
      trainBytePairs(["ab<|end|>!ab<|end|>!ab<|end|>ba<|end|>ba"], {
        vocabulary: 261,
        pattern: WHOLE,
        special,
      }),
    ).toThrow("at most 260");
  });

  test("a million of one letter, or of letters without a space, takes no more than its share", () => {
    const letters = mobyDick()
      .map((chapter) => chapter.text.replace(/[^a-zA-Z]/g, ""))
      .join("");
    const start = performance.now();
    const run = trainBytePairs(["a".repeat(1_000_000)], { vocabulary: 275 });
    const prose = trainBytePairs([letters], { vocabulary: 2000 });

    expect(run.tokens.at(-1)?.length).toBe(2 ** 19);
    expect(prose.tokens.length).toBe(2000);
    // Rescanning the piece for each pair would take 1,700 × 0.9 million steps: minutes.
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test("says what it did: texts cut, then each pair with its count", () => {
    const events: TrainingEvent[] = [];
    trainBytePairs(["ab ab", "ab"], { vocabulary: 257, progress: (event) => events.push(event) });

    expect(events).toEqual([
      { type: "text", characters: 5, differentPieces: 2 },
      { type: "text", characters: 2, differentPieces: 2 },
      { type: "merge", left: 97, right: 98, joined: 256, count: 3 },
    ]);
  });
});

describe("trainBytePairs refuses", () => {
  const refused = (
    texts: readonly string[],
    options: Parameters<typeof trainBytePairs>[1],
  ): unknown => {
    try {
      trainBytePairs(texts, options);
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test("a vocabulary that cannot hold the bytes and the special tokens", () => {
    expect(refused(["text"], { vocabulary: 256, special: ["<|end|>"] })).toEqual(
      new ConfigError(
        "trainBytePairs: expected a vocabulary of at least 257 (256 bytes and 1 special token), got 256; ask for a whole number above it, such as 1000",
      ),
    );
    expect(refused(["text"], { vocabulary: 300.5 })).toEqual(
      new ConfigError(
        "trainBytePairs: expected a vocabulary of at least 256 (the bytes), got 300.5; ask for a whole number above it, such as 1000",
      ),
    );
  });

  test("a vocabulary larger than the texts can give, with the largest they can", () => {
    expect(refused(["aaabdaaabac"], { vocabulary: 1000, pattern: WHOLE })).toEqual(
      new ConfigError(
        "trainBytePairs: expected a vocabulary of at most 259, since no other pair of these texts occurs 2 times, got 1000; ask for 259 or fewer, or give more text",
      ),
    );
  });

  test("texts without a character", () => {
    expect(refused(["", ""], { vocabulary: 300 })).toEqual(
      new DataError(
        "trainBytePairs: expected texts to learn from, got no character; give at least one text that is not empty",
      ),
    );
  });

  test("a minimum below 1, and special tokens that are empty or twice there", () => {
    expect(refused(["text"], { vocabulary: 256, minimum: 0 })).toEqual(
      new ConfigError(
        "trainBytePairs: expected a whole number from 1 as minimum, got 0; 2 is usual",
      ),
    );
    expect(refused(["text"], { vocabulary: 300, special: ["<|a|>", "<|a|>"] })).toEqual(
      new ConfigError(
        'trainBytePairs: expected special tokens that differ and are not empty, got ["<|a|>","<|a|>"]; name each once',
      ),
    );
    expect(refused(["text"], { vocabulary: 300, special: [""] })).toEqual(
      new ConfigError(
        'trainBytePairs: expected special tokens that differ and are not empty, got [""]; name each once',
      ),
    );
  });
});
