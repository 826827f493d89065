import { createRequire } from "node:module";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { BytePairTokenizer } from "../../src/text/byte-pair-tokenizer.ts";
import { loadPublished, publishedNames } from "../../src/text/published.ts";
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
  it("is there", () => {
    expect(BytePairTokenizer).toBeTypeOf("function");
  });
});
