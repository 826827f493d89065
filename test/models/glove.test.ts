import { describe, expect, it } from "vitest";

import { coOccurrences } from "../../src/models/co-occurrence.ts";
import { fit, Glove, pairWeight } from "../../src/models/glove.ts";
import { VectorMemory } from "../../src/models/vector-memory.ts";
import { wordCorpus } from "../../src/text/words.ts";
import { plantedText, topics } from "./planted-text.ts";

describe("co-occurrences", () => {
  // "a b a c" and "b": distances a–b 1, 1; a–a 2 (seen from both); a–c 3, 1; b–c 2.
  const corpus = wordCorpus([["a", "b", "a", "c"], ["b"]], { minCount: 1 });
  const table = ({ window }: { window: number }) => {
    const { starts, others, weights } = coOccurrences(corpus, { window });
    return corpus.words.map((_, i) =>
      Array.from(others.subarray(starts[i], starts[i + 1]), (other, k) => [
        corpus.words[other],
        Number(weights[starts[i]! + k]!.toFixed(4)),
      ]),
    );
  };

  it("count 1 / distance in both directions, within a sentence", () => {
    expect(corpus.words).toEqual(["a", "b", "c"]);
    expect(table({ window: 3 })).toEqual([
      [
        ["a", 1], // 1/2 from each of the two
        ["b", 2],
        ["c", 1.3333],
      ],
      [
        ["a", 2],
        ["c", 0.5],
      ],
      [
        ["a", 1.3333],
        ["b", 0.5],
      ],
    ]);
  });

  it("end at the window", () => {
    expect(table({ window: 1 })).toEqual([
      [
        ["b", 2],
        ["c", 1],
      ],
      [["a", 2]],
      [["a", 1]],
    ]);
  });

  it("need a window of a whole number", () => {
    expect(() => coOccurrences(corpus, { window: 0 })).toThrow(
      "coOccurrences: expected a whole number from 1 as window, got 0; 10 looks ten words to each side",
    );
  });
});

describe("the fit of one pair", () => {
  const word = { vector: [0.2, -0.4, 0.1], bias: 0.3 };
  const context = { vector: [0.5, 0.6, -0.2], bias: -0.1 };

  it("costs ½ f(x) (w·w̃ + b + b̃ − log x)²", () => {
    // w·w̃ = 0.1 − 0.24 − 0.02 = −0.16; error = −0.16 + 0.2 − log 5; f(5) = (5 / 10)^0.75
    const error = 0.04 - Math.log(5);
    const expected = (0.5 ** 0.75 * error ** 2) / 2;
    expect(fit([word, context], 5, { limit: 10 }).loss).toBeCloseTo(expected, 12);
    expect(pairWeight(20, { limit: 10 })).toBe(1);
  });

  it("has the gradients that finite differences give", () => {
    const x = 5;
    const options = { limit: 10 };
    const { wordGradient, contextGradient, biasGradient } = fit([word, context], x, options);
    const h = 1e-5;
    const slope = (loss: (step: number) => number) => (loss(h) - loss(-h)) / (2 * h);
    const moved = (row: readonly number[], at: number, step: number) =>
      row.map((value, i) => (i === at ? value + step : value));
    for (let i = 0; i < 3; i++) {
      const w = (s: number) => ({ ...word, vector: moved(word.vector, i, s) });
      const c = (s: number) => ({ ...context, vector: moved(context.vector, i, s) });
      const alongWord = slope((s) => fit([w(s), context], x, options).loss);
      const alongContext = slope((s) => fit([word, c(s)], x, options).loss);
      expect(wordGradient[i]).toBeCloseTo(alongWord, 8);
      expect(contextGradient[i]).toBeCloseTo(alongContext, 8);
    }
    const alongBias = slope((s) => fit([{ ...word, bias: 0.3 + s }, context], x, options).loss);
    expect(biasGradient).toBeCloseTo(alongBias, 8);
  });
});

describe("GloVe on a text of two topics", () => {
  const corpus = plantedText();
  const learn = async (seed: number, epochs: number) => {
    const model = new Glove(corpus.words, coOccurrences(corpus), { channels: 8, seed });
    const losses: number[] = [];
    for await (const { loss } of model.train({ epochs })) losses.push(loss);
    return { vectors: model.vectors(), losses };
  };

  it("explains the counts, and puts the words of one topic together", async () => {
    const { vectors, losses } = await learn(1, 100);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 100);
    const mean = (pairs: number[]) => pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
    const within = topics.flatMap((topic) =>
      topic.flatMap((a) => topic.filter((b) => a < b).map((b) => vectors.similarity(a, b))),
    );
    const across = topics[0].flatMap((a) => topics[1].map((b) => vectors.similarity(a, b)));
    expect(mean(within)).toBeGreaterThan(mean(across) + 0.3);
  });

  it("gives the sum of both vectors of a word, small at first", () => {
    const start = new Glove(corpus.words, coOccurrences(corpus), { channels: 8, seed: 1 });
    const sizes = Array.from(start.vectors().vectors, Math.abs);
    // Each lies between −1/16 and 1/16; of 96 sums of two some lie outside.
    expect(Math.max(...sizes)).toBeGreaterThan(1 / 16);
    expect(Math.max(...sizes)).toBeLessThan(1 / 8);
  });

  it("is the same for the same seed and another for another", async () => {
    const first = (await learn(1, 2)).vectors.vectors;
    expect((await learn(1, 2)).vectors.vectors).toEqual(first);
    expect((await learn(2, 2)).vectors.vectors).not.toEqual(first);
  });

  it("moves both rows by AdaGrad's step along the gradients of `fit`, each with its own squares", () => {
    const C = 11;
    const memory = new VectorMemory(4, C);
    const rows = [0, 1, 2, 3].map((r) =>
      Array.from({ length: C }, (_, i) => Math.fround(Math.abs(Math.sin(3 * r + i)))),
    );
    rows.forEach((row, r) => memory.row(r).set(row));
    const [a, b, squaresA, squaresB] = rows as [number[], number[], number[], number[]];
    const words = [
      { vector: a, bias: 0.1 },
      { vector: b, bias: 0.2 },
    ] as const;
    const { wordGradient, contextGradient, biasGradient } = fit(words, 3, { limit: 10 });
    const rate = 0.05;
    memory.loops.descend(0, 1, 2, 3, rate * biasGradient);
    for (let i = 0; i < C; i++) {
      const [stepA, stepB] = [rate * wordGradient[i]!, rate * contextGradient[i]!];
      expect(memory.row(0)[i]).toBeCloseTo(a[i]! - stepA / Math.sqrt(1 + squaresA[i]!), 6);
      expect(memory.row(1)[i]).toBeCloseTo(b[i]! - stepB / Math.sqrt(1 + squaresB[i]!), 6);
      expect(memory.row(2)[i]).toBeCloseTo(squaresA[i]! + stepA ** 2, 6);
      expect(memory.row(3)[i]).toBeCloseTo(squaresB[i]! + stepB ** 2, 6);
    }
  });

  it("refuses counts of other words", () => {
    expect(() => new Glove(["a"], coOccurrences(corpus), { seed: 1 })).toThrow(
      "Glove: expected pairs of 1 words, got 72 pairs of 12 words; " +
        "count them with coOccurrences(corpus) and give corpus.words",
    );
  });

  it.each([
    [{ rate: -1 }, "Glove.train rate: expected a number above 0, got -1"],
    [{ limit: Number.NaN }, "Glove.train limit: expected a number above 0, got NaN"],
    [{ limit: 0 }, "Glove.train limit: expected a number above 0, got 0"],
  ])("refuses %j before any vector moves", async (training, message) => {
    const model = new Glove(corpus.words, coOccurrences(corpus), { channels: 4, seed: 1 });
    await expect(model.train(training).next()).rejects.toThrow(message);
  });
});
