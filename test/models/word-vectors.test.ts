import { describe, expect, it } from "vitest";

import { parseWordVectors, printWordVectors } from "../../src/models/word-vector-file.ts";
import { cosine, WordVectors } from "../../src/models/word-vectors.ts";

// king − man = royal; woman + royal = queen. The lengths differ on purpose: only directions count.
const vectors = new WordVectors(
  ["man", "woman", "king", "queen", "apple"],
  Float32Array.of(1, 0, 0, /**/ 0, 2, 0, /**/ 3, 0, 3, /**/ 0, 1, 1, /**/ -1, -1, 0.5),
);

describe("word vectors", () => {
  it("are alike by the cosine of their angle", () => {
    expect(vectors.similarity("man", "king")).toBeCloseTo(Math.SQRT1_2, 6);
    expect(vectors.similarity("man", "woman")).toBe(0);
    expect(cosine([1, 2], [0, 0])).toBe(0);
    expect(() => cosine([1], [1, 2])).toThrow(
      "cosine: expected two vectors of one length, got 1 and 2",
    );
  });

  it("have neighbours, the nearest first, without the word itself and those excluded", () => {
    const near = vectors.nearest("king", { count: 2 });
    expect(near.map(({ word }) => word)).toEqual(["man", "queen"]);
    expect(near[1]!.similarity).toBeCloseTo(0.5, 6);
    expect(vectors.nearest("king", { count: 1, exclude: ["man"] })[0]!.word).toBe("queen");
    expect(vectors.nearest([0, 0, 5], { count: 2 }).map(({ word }) => word)).toEqual([
      "king",
      "queen",
    ]);
  });

  it("answer an analogy with none of its three words, each word of the same length", () => {
    expect(vectors.analogy("man", "king", "woman", { count: 1 })[0]!.word).toBe("queen");
    const all = vectors.analogy("man", "king", "woman");
    expect(all.map(({ word }) => word)).toEqual(["queen", "apple"]);
    // king / |king| − man + woman / 2 = (0.707 − 1, 1, 0.707); its cosine with queen = (1 + 0.707) / (√1.586 √2)
    expect(all[0]!.similarity).toBeCloseTo(1.70711 / Math.sqrt(1.58579 * 2), 5);
  });

  it("are given as copies", () => {
    vectors.vector("man")[0] = 9;
    expect([...vectors.vector("man")]).toEqual([1, 0, 0]);
    expect(vectors.has("pear")).toBe(false);
  });

  it("suggest near spellings for a word that is not there", () => {
    expect(() => vectors.vector("qeen")).toThrow(
      'WordVectors.vector: expected one of 5 words, got "qeen"; did you mean "queen"?',
    );
    expect(() => vectors.analogy("man", "king", "elephant")).toThrow(
      'WordVectors.analogy: expected one of 5 words, got "elephant"; ' +
        "ask has(word) first; words are lower-case, and rare ones were left out",
    );
    expect(() => vectors.nearest([1, 2])).toThrow(
      "WordVectors.nearest: expected a vector of 3 numbers, got 2",
    );
  });

  it("refuse values that do not fit the words, and a word given twice", () => {
    expect(() => new WordVectors(["a", "b"], new Float32Array(3))).toThrow(
      "WordVectors: expected (V, C) values for 2 words, got 3 values; give C for each word",
    );
    expect(() => new WordVectors(["a", "a"], new Float32Array(2))).toThrow(
      'WordVectors: expected each word once, got "a" more often; keep one vector for it',
    );
  });
});

describe("a file of word vectors", () => {
  it("gives back the same float32 numbers", () => {
    const third = new WordVectors(["a", "é'b"], Float32Array.of(1 / 3, -1e-9, 16777216, 0.1));
    const text = printWordVectors(third);
    expect(text.split("\n")[0]).toBe("2 2");
    const read = parseWordVectors(text);
    expect(read.words).toEqual(["a", "é'b"]);
    expect(read.vectors).toEqual(third.vectors);
  });

  it("may lack the first line, as GloVe's files do", () => {
    expect(parseWordVectors("the 0.5 -1\nof 2 3\n").vectors).toEqual(
      Float32Array.of(0.5, -1, 2, 3),
    );
  });

  it("that is cut off or of another form is refused with the line", () => {
    expect(() => parseWordVectors("3 2\na 1 2\n")).toThrow(
      "parseWordVectors: expected 3 words with 2 numbers each, got 1 lines; the file is cut off or of another form",
    );
    expect(() => parseWordVectors("2 2\na 1 2\nb 1 x\n")).toThrow(
      'parseWordVectors: expected a word and 2 numbers in line 3, got "b 1 x"',
    );
    expect(() => printWordVectors(new WordVectors(["new york"], Float32Array.of(1)))).toThrow(
      'printWordVectors: expected words without spaces, got "new york"; the form parts words and numbers by spaces',
    );
  });
});
