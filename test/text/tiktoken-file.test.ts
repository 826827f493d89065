import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { DataError } from "../../src/core/errors.ts";
import { BytePairTokenizer } from "../../src/text/byte-pair-tokenizer.ts";
import { trainBytePairs } from "../../src/text/byte-pair-training.ts";
import { parseTiktoken, printTiktoken } from "../../src/text/tiktoken-file.ts";

const learned = trainBytePairs(["the cat sat on the mat, the cat sat on the hat"], {
  vocabulary: 266,
  special: ["<|end|>"],
});
const text = printTiktoken(learned);

function refusal(broken: string): unknown {
  try {
    parseTiktoken(broken, { pattern: "gpt2", name: "t.tiktoken" });
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("a rank file", () => {
  test("has a line for each token, its bytes in base64 and its id", () => {
    expect(text.split("\n").slice(32, 35)).toEqual(["IA== 32", "IQ== 33", "Ig== 34"]);
    expect(text.endsWith(" 264\n")).toBe(true);
  });

  test("gives the tokens back, without merges; pattern and special tokens come from the reader", () => {
    const special = { "<|end|>": 265 };
    const { tokens, pattern } = learned;

    expect(parseTiktoken(text, { pattern: "gpt2", special })).toEqual({ tokens, pattern, special });
    expect(parseTiktoken(text.replaceAll("\n", "\r\n"), { pattern: "gpt2" }).tokens).toEqual(
      tokens,
    );
  });

  test("of learned tokens gives the same ids as their merges", () => {
    const merges = new BytePairTokenizer(learned);
    const ranks = new BytePairTokenizer(parseTiktoken(text, { pattern: "gpt2" }));
    const unit = fc.constantFrom(..."the catsonm,");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (words) => {
        expect(ranks.encode(words)).toEqual(merges.encode(words));
      }),
    );
  });

  test("may leave ids out", () => {
    const { tokens } = parseTiktoken(`${text}enp6 270\n`, { pattern: "gpt2" });

    expect(tokens.slice(265)).toEqual([
      ...Array.from({ length: 5 }, () => undefined),
      Uint8Array.from([122, 122, 122]),
    ]);
  });

  test.each([
    ["no base64", "I*== 300", '"I*== 300"'],
    ["base64 that is cut", "enp6e 300", '"enp6e 300"'],
    ["no id", "enp6", '"enp6"'],
    ["a negative id", "enp6 -1", '"enp6 -1"'],
    ["an id that no vocabulary reaches", "enp6 99999999999", '"enp6 99999999999"'],
    [
      "other text",
      "hello world, this is a text that is long",
      '"hello world, this is a text that is long"',
    ],
  ])("with %s says in which line", (_, line, shown) => {
    expect(refusal(`${text}${line}\n`)).toEqual(
      new DataError(
        `t.tiktoken, line 266: expected base64, a space and an id such as "IQ== 0", got ${shown}; restore the file`,
      ),
    );
  });

  test("with a token or an id twice, or without a byte, is refused", () => {
    expect(refusal(`${text}IQ== 300\n`)).toEqual(
      new DataError(
        "t.tiktoken, line 266: expected each token and id once, got the token IQ== again",
      ),
    );
    expect(refusal(`${text}enp6 33\n`)).toEqual(
      new DataError("t.tiktoken, line 266: expected each token and id once, got the id 33 again"),
    );
    expect(refusal(text.replace("IQ== 33\n", ""))).toEqual(
      new DataError(
        "t.tiktoken: expected a token for each of the 256 bytes, got none for byte 33; restore the file",
      ),
    );
  });

  test("cannot hold merges in another order than the ids", () => {
    const merges = [...(learned.merges ?? [])].reverse();

    expect(() => printTiktoken({ ...learned, merges })).toThrow(
      new DataError(
        "printTiktoken: expected merges in the order of the ids that they make, got 263 after 264; write a tokenizer.json",
      ),
    );
  });
});
