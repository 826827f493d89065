import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { BytePairTokenizer } from "../../src/text/byte-pair-tokenizer.ts";
import { encodeStream, type Chunks } from "../../src/text/encode-stream.ts";
import { loadPublished, publishedNames } from "../../src/text/published.ts";
import { hardTexts, roughText } from "./hard-texts.ts";

type Options = Parameters<typeof encodeStream>[2];

async function all(
  chunks: Chunks,
  tokenizer: BytePairTokenizer,
  options: Options,
): Promise<number[]> {
  const ids: number[] = [];
  for await (const some of encodeStream(chunks, tokenizer, options)) {
    for (const id of some) ids.push(id);
  }
  return ids;
}

function cut<T extends string | Uint8Array>(whole: T, places: readonly number[]): T[] {
  const ends = [...places.map((p) => Math.floor(p * whole.length)), whole.length].sort(
    (a, b) => a - b,
  );
  return ends.map((end, i) => whole.slice(i === 0 ? 0 : ends[i - 1], end) as T);
}

const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
const special = fc.boolean();

describe.each(publishedNames)("a stream for %s has the ids of the whole", (name) => {
  const tokenizer = loadPublished(name);

  it("for text cut anywhere, also in a pair of surrogates or a special token", async () => {
    await fc.assert(
      fc.asyncProperty(roughText, places, special, async (text, at, special) => {
        const ids = await all(cut(text, at), tokenizer, { special, gather: 1 });
        expect(ids).toEqual(tokenizer.encode(text, { special }));
      }),
      { numRuns: 500 },
    );
  });

  it("for bytes cut anywhere, also in a character", async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 30 }),
      roughText.map((text) => new TextEncoder().encode(text)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, places, special, async (bytes, at, special) => {
        const ids = await all(cut(bytes, at), tokenizer, { special, gather: 1 });
        expect(ids).toEqual(tokenizer.encodeBytes(bytes, { special }));
      }),
      { numRuns: 500 },
    );
  });

  it("for every cut of the hard set in two", () => {
    for (const text of hardTexts) {
      const whole = tokenizer.encode(text);
      for (let at = 0; at <= text.length; at++) {
        const known = text.slice(0, at);
        if (/[\ud800-\udfff]/.test(known)) continue; // lone surrogates are the joiner's work
        const start = tokenizer.encodeStart(known);
        expect(start.ids, JSON.stringify(known)).toEqual(whole.slice(0, start.ids.length));
        expect(tokenizer.encode(text.slice(start.units))).toEqual(whole.slice(start.ids.length));
      }
    }
  });
});

describe("a stream", () => {
  it("waits for the rest of a special token that a longer one begins with", async () => {
    const { tokens } = loadPublished("gpt2").pairs;
    const special = { "<a>": 50257, "<a>b": 50258, "<a>bcd": 50259 };
    const tokenizer = new BytePairTokenizer({ tokens, pattern: "gpt2", special });
    const text = "x<a>b<a>bcd<a>";
    const ids = await all([...text], tokenizer, { special: true, gather: 1 });
    expect(ids).toEqual([87, 50258, 50259, 50257]);
  });

  it("holds back only what may change", async () => {
    const tokenizer = loadPublished("gpt2");
    let most = 0;
    let given = 0;
    function* chunks(): Generator<string> {
      for (let i = 0; i < 2000; i++) {
        given += 600;
        yield "word ".repeat(120);
      }
    }
    let taken = 0;
    for await (const ids of encodeStream(chunks(), tokenizer)) {
      taken += tokenizer.decode(ids).length;
      most = Math.max(most, given - taken);
    }
    expect(taken).toBe(1_200_000);
    expect(most).toBeLessThan(20);
  });

  it("takes linear time for one long piece in small chunks", async () => {
    const from = performance.now();
    const ids = await all(
      Array.from({ length: 20_000 }, () => "a".repeat(50)),
      loadPublished("gpt2"),
      {},
    );
    expect(ids).toHaveLength(250_000);
    expect(performance.now() - from).toBeLessThan(2000);
  });

  it("keeps all text until the end for an expression of one's own", async () => {
    const { tokens } = loadPublished("gpt2").pairs;
    // "b" is its own piece only where a c comes some time later: no start of the text is certain.
    const tokenizer = new BytePairTokenizer({ tokens, pattern: "b(?=.*c)|[^b]+|b+", special: {} });
    const text = "abba abba".repeat(20) + "c";
    expect(await all([...text], tokenizer, { gather: 1 })).toEqual(tokenizer.encode(text));
  });
});
