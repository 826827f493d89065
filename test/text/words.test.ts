import { describe, expect, it } from "vitest";

import { countWords, sentencesOf, wordCorpus, wordsOf } from "../../src/text/words.ts";

describe("words of a text", () => {
  it("are lower-case runs of letters or digits", () => {
    expect(wordsOf("The Ship, 1,500 tons; 3.5 knots (1851).")).toEqual([
      ...["the", "ship", "1,500", "tons", "3.5", "knots", "1851"],
    ]);
  });

  it("keep an apostrophe inside, written one way, and lose one outside", () => {
    expect(wordsOf("don’t say 'the whale's'")).toEqual(["don't", "say", "the", "whale's"]);
  });

  it("part at hyphens and underscores, and keep accents and combining marks", () => {
    expect(wordsOf("sea-captain Élan cafe\u0301 a_b")).toEqual([
      ...["sea", "captain", "élan", "cafe\u0301", "a", "b"],
    ]);
  });
});

describe("sentences of a text", () => {
  it("end at . ! or ? before a space, also behind a closing quote, and at an empty line", () => {
    expect(sentencesOf('He said "Go!" Then 3.5 miles? Yes.\nA title\n\nNext')).toEqual([
      ["he", "said", "go"],
      ["then", "3.5", "miles"],
      ["yes"],
      ["a", "title"],
      ["next"],
    ]);
  });

  it("without a word are left out", () => {
    expect(sentencesOf("... !\n\n—\n\n")).toEqual([]);
  });
});

describe("a corpus of ids", () => {
  const sentences = [["b", "a", "rare", "a"], ["rare2"], ["a", "b", "c", "c"]];

  it("numbers frequent words by their count and keeps sentences apart", () => {
    expect(wordCorpus(sentences, { minCount: 2 })).toEqual({
      words: ["a", "b", "c"], // b before c: seen first, of equals
      counts: Int32Array.of(3, 2, 2),
      ids: Int32Array.of(1, 0, 0, 0, 1, 2, 2),
      starts: Int32Array.of(0, 3, 3, 7),
      total: 9,
    });
  });

  it("counts what occurs", () => {
    expect([...countWords([["a", "b"], ["a"]])]).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
  });

  it("has no word that is an object's own: constructor is a word like others", () => {
    expect(wordCorpus([["constructor", "constructor"]], { minCount: 2 }).words).toEqual([
      "constructor",
    ]);
  });

  it("refuses a text without frequent words and a count that is none", () => {
    expect(() => wordCorpus(sentences)).toThrow(
      "wordCorpus: expected words that occur 5 times or more, got none among 5 words; " +
        "give more text or a smaller minCount",
    );
    expect(() => wordCorpus(sentences, { minCount: 0 })).toThrow(
      "wordCorpus: expected a whole number from 1 as minCount, got 0; 1 keeps every word",
    );
  });
});
