import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { trainBytePairs } from "../../src/text/byte-pair-training.ts";
import { BytePairTokenizer } from "../../src/text/byte-pair-tokenizer.ts";
import { ByteTokenizer } from "../../src/text/bytes.ts";
import { CharacterTokenizer } from "../../src/text/characters.ts";
import { StreamingDecoder } from "../../src/text/streaming-decoder.ts";
import type { Tokenizer } from "../../src/text/tokenizer.ts";
import { hardTexts, roughText } from "./hard-texts.ts";

const pieces = (tokenizer: Tokenizer, ids: readonly number[]): string[] => {
  const decoder = new StreamingDecoder(tokenizer);
  return [...ids.map((id) => decoder.add(id)), decoder.end()];
};

/** Tokens that end inside of characters: pairs of bytes are learned across them. */
const pairs = new BytePairTokenizer(
  trainBytePairs(["你好，世界！你好👍🏽 né 你们👩‍👩‍👧‍👦"], {
    vocabulary: 269,
    pattern: "gpt2",
    special: ["<|end|>"],
  }),
);
const bytes = new ByteTokenizer();
const utf8 = (text: string): number[] => [...new TextEncoder().encode(text)];

describe("text as it comes", () => {
  test("has each character with the byte that ends it", () => {
    expect(pieces(bytes, utf8("né你👍!"))).toEqual(
      ["n", "", "é", "", "", "你", "", "", "", "👍", "!", ""], // 1, 2, 3, 4 and 1 bytes
    );
  });

  test("of characters is one piece each, those beyond U+FFFF too", () => {
    const characters = new CharacterTokenizer("né你👍!");
    expect(pieces(characters, characters.encode("👍né你"))).toEqual(["👍", "n", "é", "你", ""]);
  });

  test("shows what never became a character once it is known, and at the end", () => {
    // E4 BD begins a character of three bytes; "a" is none of its bytes; FF is never one.
    expect(pieces(bytes, [0xe4, 0xbd, 0x61, 0xff, 0x62, 0xf0, 0x9f])).toEqual([
      "",
      "",
      "\ufffda",
      "\ufffd",
      "b",
      "",
      "",
      "\ufffd",
    ]);
  });

  test("keeps a byte order mark, which is a character of the text", () => {
    expect(pieces(pairs, pairs.encode("\ufeffa")).join("")).toBe("\ufeffa");
  });

  test("begins anew after its end", () => {
    const decoder = new StreamingDecoder(bytes);
    decoder.add(0xe4);
    decoder.end();
    expect(decoder.add(0x61)).toBe("a");
  });

  test("is the whole text, for hard and rough texts", () => {
    for (const text of hardTexts) {
      const ids = pairs.encode(text);
      expect(pieces(pairs, ids).join("")).toBe(pairs.decode(ids));
    }
    fc.assert(
      fc.property(roughText, (text) => {
        const ids = pairs.encode(text, { special: true });
        const said = pieces(pairs, ids);
        expect(said.join("")).toBe(pairs.decode(ids));
        for (const piece of said) expect(piece).not.toMatch(/[\ud800-\udbff]$/);
      }),
    );
  });

  test("is the whole text for any ids, however broken their bytes", () => {
    const any = (V: number): fc.Arbitrary<number[]> =>
      fc.array(fc.nat({ max: V - 1 }), { maxLength: 40 });
    // Bytes that begin or go on with a character are the ones on which decoders go wrong.
    const nearly = fc.array(fc.constantFrom(0x61, 0x80, 0xbf, 0xc3, 0xe4, 0xed, 0xf0, 0xf4, 0xff), {
      maxLength: 20,
    });
    for (const [tokenizer, ids] of [
      [pairs, any(pairs.vocabulary)],
      [bytes, any(256)],
      [bytes, nearly],
    ] as const) {
      fc.assert(
        fc.property(ids, (some) => {
          expect(pieces(tokenizer, some).join("")).toBe(tokenizer.decode(some));
        }),
        { numRuns: 500 },
      );
    }
  });

  test.each<[Tokenizer, number, string]>([
    [
      bytes,
      256,
      "ByteTokenizer: expected bytes, whole numbers from 0 to 255, got 256; were these ids made with this tokenizer?",
    ],
    [
      pairs,
      281,
      "BytePairTokenizer: expected ids of tokens, from 0 to 268, got 281; were these ids made with this tokenizer?",
    ],
    [
      new CharacterTokenizer("ab"),
      2,
      "CharacterTokenizer: expected ids from 0 to 1, got 2; were these ids made with this tokenizer?",
    ],
  ])("refuses an id without a token", (tokenizer, id, message) => {
    expect(() => new StreamingDecoder(tokenizer).add(id)).toThrow(message);
  });
});
