import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { expressionPieceEnd, pieceEnd, type PieceEnd } from "../../src/text/pre-tokenizer.ts";
import { cl100kAsFirstPublished, publishedPatterns } from "../../src/text/published-patterns.ts";
import { hardTexts, roughText } from "./hard-texts.ts";

function pieces(end: PieceEnd, text: string): string[] {
  const cut: string[] = [];
  for (let start = 0; start < text.length;) {
    const stop = end(text, start);
    if (stop <= start) throw new Error(`no progress at ${start} of ${JSON.stringify(text)}`);
    cut.push(text.slice(start, stop));
    start = stop;
  }
  return cut;
}

describe("pieces of the published patterns", () => {
  it("of GPT-2: words with their space, contractions, signs, white space but its last", () => {
    expect(pieces(pieceEnd("gpt2"), "We'll go on…  12345  now\n\n")).toEqual(
      ["We", "'ll", " go", " on", "…", " ", " 12345", " ", " now", "\n\n"], // prettier-ignore
    );
  });

  it("of cl100k_base: three digits, one sign before a word, ends of lines after signs", () => {
    expect(pieces(pieceEnd("cl100k_base"), "WE'LL (go) 12345;\n\n  x\n  ")).toEqual(
      ["WE", "'LL", " (", "go", ")", " ", "123", "45", ";\n\n", " ", " x", "\n  "], // prettier-ignore
    );
  });

  it("of cl100k_base as first published: white space at the end cut after its last line", () => {
    expect(pieces(pieceEnd(cl100kAsFirstPublished), "x\n  ")).toEqual(["x", "\n", "  "]);
  });

  it("of o200k_base: a new word at a capital letter, contractions with their word, slashes after signs", () => {
    expect(pieces(pieceEnd("o200k_base"), "camelCase HTTPServer we'll http://x")).toEqual(
      ["camel", "Case", " HTTPServer", " we'll", " http", "://", "x"], // prettier-ignore
    );
  });
});

describe("a fast scanner cuts where its regular expression does", () => {
  for (const [name, pattern] of [
    ...Object.entries(publishedPatterns),
    [cl100kAsFirstPublished, cl100kAsFirstPublished] as const,
  ]) {
    it(`${name}, on the hard set`, () => {
      const [fast, slow] = [pieceEnd(name), expressionPieceEnd(pattern)];
      for (const text of hardTexts) expect(pieces(fast, text)).toEqual(pieces(slow, text));
    });

    it(`${name}, on any text`, () => {
      const [fast, slow] = [pieceEnd(name), expressionPieceEnd(pattern)];
      fc.assert(
        fc.property(roughText, (text) => {
          expect(pieces(fast, text)).toEqual(pieces(slow, text));
        }),
        { numRuns: 3000 },
      );
    });

    it(`${name}, on every code point between two letters`, () => {
      const [fast, slow] = [pieceEnd(name), expressionPieceEnd(pattern)];
      let text = "";
      for (let code = 0; code < 0x110000; code += code < 0x3000 ? 1 : 7) {
        text += `a${String.fromCodePoint(code)}${String.fromCodePoint(code)}B `;
      }
      expect(pieces(fast, text).join("\u0000") === pieces(slow, text).join("\u0000")).toBe(true);
    });
  }
});

describe("any other regular expression", () => {
  it("leaves what it does not match as a piece of its own", () => {
    expect(pieces(pieceEnd("[a-z]+"), "ab--cd, E")).toEqual(["ab", "--", "cd", ", E"]);
  });

  it("may match nothing: all is one piece", () => {
    expect(pieces(pieceEnd("x*"), "ab")).toEqual(["ab"]);
  });

  it("may ignore case in a group, with the long s and the kelvin sign", () => {
    expect(pieces(pieceEnd("(?i:'sk)|."), "'SK'\u017f\u212aa")).toEqual([
      "'SK",
      "'\u017f\u212a",
      "a",
    ]);
  });

  it("may take and never give back", () => {
    // a++a never matches: a++ has taken every a.
    expect(pieces(pieceEnd("a++a|b"), "aaab")).toEqual(["aaa", "b"]);
    expect(pieces(pieceEnd("(?>a|ab)c|b"), "abc")).toEqual(["a", "b", "c"]);
  });

  it("means all of Unicode by \\s, \\d and \\w", () => {
    expect(pieces(pieceEnd("\\s+|\\d+|\\w+"), "é١\u0085\ufeff")).toEqual([
      "é١",
      "\u0085",
      "\ufeff",
    ]);
  });

  it("may name a script as other tools do", () => {
    expect(pieces(pieceEnd("\\p{Han}+|\\pL+"), "中文ab")).toEqual(["中文", "ab"]);
  });

  it("is refused with the reason when JavaScript cannot say it", () => {
    expect(() => pieceEnd("[\\p{Han}&&\\p{L}]+")).toThrow(
      'pieceEnd: expected "gpt2", "cl100k_base", "o200k_base" or a regular expression that JavaScript can express, got "[\\\\p{Han}&&\\\\p{L}]+" (&& inside a class); rewrite that part',
    );
    expect(() => pieceEnd("(a")).toThrow("(a group is not closed)");
    expect(() => pieceEnd("a)")).toThrow("(a group is closed that was not opened)");
    expect(() => pieceEnd("\\Q")).toThrow("(escape \\Q)");
    expect(() => pieceEnd("\\p{Nothing}")).toThrow("(property \\p{Nothing})");
  });
});

describe("a megabyte of one kind", () => {
  for (const name of Object.keys(publishedPatterns)) {
    for (const unit of [
      "a",
      "A",
      "7",
      " ",
      "\n",
      "!",
      "é",
      "中",
      "\u00a0",
      "ªA",
      " \n",
      "\u0301",
    ]) {
      it(`${name}: ${JSON.stringify(unit)} takes linear time`, () => {
        const text = unit.repeat(1_000_000 / unit.length);
        const from = performance.now();
        const end = pieceEnd(name);
        for (let at = 0; at < text.length;) at = end(text, at);
        expect(performance.now() - from).toBeLessThan(500);
      });
    }
  }
});
