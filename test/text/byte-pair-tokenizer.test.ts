import { createRequire } from "node:module";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { DataError } from "../../src/core/errors.ts";
import { BytePairTokenizer } from "../../src/text/byte-pair-tokenizer.ts";
import { trainBytePairs } from "../../src/text/byte-pair-training.ts";
import { loadPublished, publishedNames, type PublishedName } from "../../src/text/published.ts";
import { hardTexts, roughText } from "./hard-texts.ts";

interface Reference {
  encode(text: string, options?: { disallowedSpecial?: Set<string> }): number[];
}
const require = createRequire(import.meta.url);

/**
 * Where gpt-tokenizer 4.0.0 differs from tiktoken 0.14.0, which we follow: JavaScript's \s takes U+FEFF
 * and leaves U+0085, and 'ſ is no contraction to it.
 */
const differs = /[\ufeff\u0085]|'\u017f/;

describe.each(publishedNames)("%s", (name) => {
  const tokenizer = loadPublished(name);
  const reference = require(`gpt-tokenizer/encoding/${name}`) as Reference;
  const expected = (text: string): number[] =>
    reference.encode(text, { disallowedSpecial: new Set() });

  it("gives the ids of gpt-tokenizer on the hard set", () => {
    for (const text of hardTexts) {
      if (!differs.test(text)) expect(tokenizer.encode(text), text).toEqual(expected(text));
    }
  });

  it("gives the ids of gpt-tokenizer on any text", () => {
    fc.assert(
      fc.property(roughText, (text) => {
        fc.pre(!differs.test(text));
        expect(tokenizer.encode(text)).toEqual(expected(text));
      }),
      { numRuns: 500 },
    );
  });

  it("gives any text back, a lone surrogate as U+FFFD", () => {
    fc.assert(
      fc.property(roughText, (text) => {
        const back = text.replace(/\p{Surrogate}/gu, "\ufffd");
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(back);
      }),
      { numRuns: 500 },
    );
  });

  it("gives any bytes back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(tokenizer.decodeBytes(tokenizer.encodeBytes(bytes))).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });
});

describe("BytePairTokenizer", () => {
  const tokenizer = loadPublished("cl100k_base");

  it("reads special tokens only when asked to", () => {
    const text = "a<|endoftext|><|endofprompt|>b<|endoftext|";
    expect(tokenizer.encode("<|endoftext|>", { special: true })).toEqual([100257]);
    expect(tokenizer.encode(text, { special: true }).slice(0, 4)).toEqual([64, 100257, 100276, 65]);
    expect(tokenizer.encode("<|endoftext|>").length).toBeGreaterThan(1);
    expect(tokenizer.decode(tokenizer.encode(text, { special: true }))).toBe(text);
  });

  it("has one more id than the highest", () => {
    expect(publishedNames.map((name) => loadPublished(name).vocabulary)).toEqual([
      50257, 100277, 200019,
    ]);
  });

  it("gives bytes that are UTF-8 the ids of their text, a byte order mark included", () => {
    fc.assert(
      fc.property(roughText, (text) => {
        const bytes = new TextEncoder().encode(`\ufeff${text}`);
        expect(tokenizer.encodeBytes(bytes)).toEqual(tokenizer.encode(`\ufeff${text}`));
      }),
      { numRuns: 300 },
    );
  });

  it("takes bytes that are no UTF-8 for signs", () => {
    const bytes = Uint8Array.of(0x61, 0xff, 0x61, 0xe4, 0xb8);
    const shown = tokenizer.encodeBytes(bytes).map((id) => tokenizer.show(id));
    expect(shown.join("|")).toBe("a|<FF>|a|<E4><B8>");
  });

  it("shows a part of a character as its bytes", () => {
    const shown = loadPublished("gpt2")
      .encode(" 龘")
      .map((id) => loadPublished("gpt2").show(id));
    expect(shown.join("")).toBe(" <E9><BE><98>");
  });

  it("refuses an id without a token", () => {
    expect(() => tokenizer.decode([100277])).toThrow(
      "BytePairTokenizer: expected ids of tokens, from 0 to 100276, got 100277; were these ids made with this tokenizer?",
    );
    expect(() => tokenizer.decode([-1])).toThrow("got -1;");
    expect(() => tokenizer.decode([100261])).toThrow("got 100261;");
  });

  it.each<[string, Record<string, number>, string]>([
    ["is below 0", { "<s>": -1 }, 'ids of special tokens from 0 to 16777215, got -1 for "<s>"'],
    [
      "is no whole number",
      { "<s>": 256.5 },
      'ids of special tokens from 0 to 16777215, got 256.5 for "<s>"',
    ],
    [
      "would need a huge list",
      { "<s>": 2 ** 24 },
      'ids of special tokens from 0 to 16777215, got 16777216 for "<s>"',
    ],
    [
      "is a byte's",
      { "<s>": 97 },
      `an id of its own for each special token, got 97, another token's, for "<s>"`,
    ],
    [
      "is another special token's",
      { "<s>": 256, "<t>": 256 },
      `an id of its own for each special token, got 256, another token's, for "<t>"`,
    ],
  ])("refuses a special token whose id %s", (_, special, message) => {
    const { tokens } = trainBytePairs(["a"], { vocabulary: 256 });
    expect(() => new BytePairTokenizer({ tokens, pattern: "gpt2", special })).toThrow(
      new DataError(`BytePairTokenizer: expected ${message}; give it the first id that is free`),
    );
  });

  it("takes a special token that is an ordinary one too", () => {
    const { tokens } = trainBytePairs(["a"], { vocabulary: 256 });
    const both = new BytePairTokenizer({ tokens, pattern: "gpt2", special: { a: 97 } });
    expect(both.decode(both.encode("banana", { special: true }))).toBe("banana");
    expect(both.vocabulary).toBe(256);
  });
});

/**
 * Ids of tiktoken 0.14.0 (tiktoken.Encoding with the ranks of gpt-tokenizer and the patterns of
 * tiktoken_ext/openai_public.py), where gpt-tokenizer 4.0.0 gives others.
 */
describe("where gpt-tokenizer differs, the ids are tiktoken's", () => {
  it.each<[PublishedName, string, number[]]>([
    ["gpt2", "  \u0085the", [220, 220, 126, 227, 1169]],
    ["gpt2", " \ufeff!", [27332, 119, 123, 0]],
    ["cl100k_base", "\ufeffa", [3305, 64]],
    ["cl100k_base", "\ufeff\ufeff", [3305, 3305]],
    ["cl100k_base", "  \u0085the", [256, 126, 227, 1820]],
    ["cl100k_base", " \ufeff!", [76880, 0]],
    ["o200k_base", "\ufeffa", [5574, 64]],
    ["o200k_base", "\ufeff\ufeff", [135153]],
    ["o200k_base", "  \u0085the", [256, 126, 227, 3086]],
    ["o200k_base", " \ufeff!", [71280, 0]],
  ])("%s of %j", (name, text, ids) => {
    expect(loadPublished(name).encode(text)).toEqual(ids);
  });
});
