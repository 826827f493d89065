import { describe, expect, it } from "vitest";

import { VectorMemory } from "../../src/models/vector-memory.ts";
import {
  contrast,
  Word2Vec,
  type Word2VecEvent,
  type Word2VecTraining,
} from "../../src/models/word2vec.ts";
import { wordCorpus } from "../../src/text/words.ts";
import { plantedText, topics } from "./planted-text.ts";

const settings = { sample: 0, epochs: 3, rate: 0.05 } as const;

async function eventsOf(
  model: Word2Vec,
  training: Word2VecTraining = settings,
): Promise<Word2VecEvent[]> {
  const events: Word2VecEvent[] = [];
  for await (const event of model.train(training)) events.push(event);
  return events;
}

describe("one neighbour against noise words", () => {
  const input = [0.3, -0.2, 0.5];
  const outputs = [
    [0.1, 0.4, -0.3],
    [-0.6, 0.2, 0.1],
    [0.2, 0.2, 0.9],
  ];

  it("costs −log σ(v·u₀) − Σ log σ(−v·uₖ)", () => {
    // v·u₀ = 0.03 − 0.08 − 0.15 = −0.2; v·u₁ = −0.18 − 0.04 + 0.05 = −0.17; v·u₂ = 0.06 − 0.04 + 0.45 = 0.47
    const sigma = (x: number) => 1 / (1 + Math.exp(-x));
    const expected = -Math.log(sigma(-0.2)) - Math.log(sigma(0.17)) - Math.log(sigma(-0.47));
    expect(contrast(input, outputs).loss).toBeCloseTo(expected, 12);
  });

  it("has the gradients that finite differences give", () => {
    const { inputGradient, outputGradients } = contrast(input, outputs);
    const h = 1e-5;
    const slope = (loss: (step: number) => number) => (loss(h) - loss(-h)) / (2 * h);
    const moved = (row: readonly number[], at: number, step: number) =>
      row.map((value, i) => (i === at ? value + step : value));
    for (let i = 0; i < 3; i++) {
      const along = slope((step) => contrast(moved(input, i, step), outputs).loss);
      expect(inputGradient[i]).toBeCloseTo(along, 8);
      for (let k = 0; k < 3; k++) {
        const alongOutput = slope((step) => {
          const others = outputs.map((row, j) => (j === k ? moved(row, i, step) : row));
          return contrast(input, others).loss;
        });
        expect(outputGradients[k]![i]).toBeCloseTo(alongOutput, 8);
      }
    }
  });

  it("is what the fast loops do: the same step, for rows that fill no whole turn", () => {
    const C = 11;
    const memory = new VectorMemory(5, C);
    const rows = [0, 1, 2, 3].map((r) =>
      Array.from({ length: C }, (_, i) => Math.fround(Math.sin(3 * r + i) / 2)),
    );
    rows.forEach((row, r) => memory.row(r).set(row));
    const [v, ...u] = rows as [number[], ...number[][]];
    const { inputGradient, outputGradients } = contrast(v, u);
    const rate = 0.1;
    u.forEach((_, k) => {
      const score = memory.loops.dot(0, k + 1);
      const label = k === 0 ? 1 : 0;
      memory.loops.pull(0, k + 1, 4, rate * (label - 1 / (1 + Math.exp(-score))));
    });
    memory.loops.collect(0, 4);
    for (let i = 0; i < C; i++) {
      expect(memory.row(0)[i]).toBeCloseTo(v[i]! - rate * inputGradient[i]!, 6);
      u.forEach((row, k) => {
        expect(memory.row(k + 1)[i]).toBeCloseTo(row[i]! - rate * outputGradients[k]![i]!, 6);
      });
    }
    expect([...memory.row(4)]).toEqual(Array.from({ length: C }, () => 0));
  });
});

describe("skip-gram on a text of two topics", () => {
  it("puts the words of one topic together", async () => {
    const model = new Word2Vec(plantedText(), { channels: 10, seed: 1 });
    await eventsOf(model);
    const vectors = model.vectors();
    for (const topic of topics) {
      for (const word of topic) {
        const near = vectors.nearest(word, { count: 5 }).map((neighbour) => neighbour.word);
        expect([word, ...near].sort()).toEqual([...topic].sort());
      }
    }
  });

  it("costs log 2 for the neighbour and for each noise word that is not the neighbour, before it learns", async () => {
    const model = new Word2Vec(plantedText(), { channels: 10, seed: 1 });
    const events = await eventsOf(model, { ...settings, rate: 1e-9, lastRate: 0 });
    const mean = events.reduce((sum, { loss }) => sum + loss, 0) / events.length;
    // Twelve words about equally frequent: a twelfth of the noise is the neighbour itself.
    expect(mean / Math.log(2)).toBeCloseTo(1 + (5 * 11) / 12, 1);
  });

  it("loses less and less, at a rate that falls in a straight line", async () => {
    const events = await eventsOf(new Word2Vec(plantedText(), { channels: 10, seed: 1 }));
    expect(events.length).toBeGreaterThan(150);
    const mean = (part: Word2VecEvent[]) =>
      part.reduce((sum, { loss }) => sum + loss, 0) / part.length;
    expect(mean(events.slice(-50))).toBeLessThan(mean(events.slice(0, 5)));
    expect(events.at(-1)).toMatchObject({ words: 3 * 16_000, fraction: 1 });
    events.forEach(({ rate }, i) => {
      // The rate of an event is that of the place where its words begin.
      const before = i === 0 ? 0 : events[i - 1]!.fraction;
      expect(rate).toBeCloseTo(0.05 - (0.05 - 1e-4) * before, 10);
    });
  });

  it("lets both words of a pair learn from each other, and no word from one beyond the window", async () => {
    const rows = async (sentence: readonly string[]) => {
      const corpus = wordCorpus(
        Array.from({ length: 50 }, () => sentence),
        { minCount: 1 },
      );
      const model = new Word2Vec(corpus, { channels: 4, seed: 1 });
      const before = model.vectors();
      await eventsOf(model, { ...settings, window: 1, rate: 0.5 });
      const after = model.vectors();
      return { before, after };
    };
    const { before, after } = await rows(["a", "b"]);
    expect(after.vector("a")).not.toEqual(before.vector("a"));
    expect(after.vector("b")).not.toEqual(before.vector("b"));
    // Next to a stands f alone, next to c f alone: they keep the same company, and never meet.
    const { after: three } = await rows(["a", "f", "c"]);
    expect(three.similarity("a", "c")).toBeGreaterThan(0.9);
    expect(three.similarity("a", "f")).toBeLessThan(0);
  });

  it("is the same for the same seed and another for another", async () => {
    const learn = async (seed: number) => {
      const model = new Word2Vec(plantedText({ sentences: 200 }), { channels: 10, seed });
      await eventsOf(model);
      return model.vectors().vectors;
    };
    expect(await learn(1)).toEqual(await learn(1));
    expect(await learn(1)).not.toEqual(await learn(2));
  });

  it("keeps what it has learned when the reader stops early", async () => {
    const model = new Word2Vec(plantedText(), { channels: 10, seed: 1 });
    const before = model.vectors().vectors;
    for await (const { fraction } of model.train(settings)) if (fraction > 0.2) break;
    expect(model.vectors().vectors).not.toEqual(before);
    expect([...model.vectors().vectors].every(Number.isFinite)).toBe(true);
  });
});

describe("errors of Word2Vec", () => {
  it("say what is out of range, and that a word needs a neighbour", async () => {
    const corpus = plantedText({ sentences: 50 });
    expect(() => new Word2Vec(corpus, { channels: 0, seed: 1 })).toThrow(
      "Word2Vec channels: expected a whole number from 1, got 0",
    );
    const model = new Word2Vec(corpus, { channels: 4, seed: 1 });
    await expect(model.train({ window: 1.5 }).next()).rejects.toThrow(
      "Word2Vec.train window: expected a whole number from 1, got 1.5",
    );
    const alone = { ...corpus, ids: Int32Array.of(0), starts: Int32Array.of(0, 1) };
    await expect(new Word2Vec(alone, { channels: 4, seed: 1 }).train().next()).rejects.toThrow(
      "Word2Vec.train: expected a sentence of two words or more, got none; a word learns from its neighbours",
    );
  });

  it.each([
    [{ sample: -1 }, "Word2Vec.train sample: expected 0 or a number above it, got -1"],
    [{ rate: Number.NaN }, "Word2Vec.train rate: expected a number above 0, got NaN"],
    [{ rate: 0 }, "Word2Vec.train rate: expected a number above 0, got 0"],
    [{ lastRate: -0.1 }, "Word2Vec.train lastRate: expected 0 or a number above it, got -0.1"],
  ])("refuse %j before any vector moves", async (training, message) => {
    const model = new Word2Vec(plantedText({ sentences: 50 }), { channels: 4, seed: 1 });
    await expect(model.train(training).next()).rejects.toThrow(message);
  });

  it("say that sub-sampling has thinned a small text out to nothing", async () => {
    const corpus = wordCorpus([["a", "b"]], { minCount: 1 });
    await expect(eventsOf(new Word2Vec(corpus, { seed: 1 }), { epochs: 1 })).rejects.toThrow(
      "Word2Vec.train: expected neighbours after sub-sampling, got none in 2 words; set sample to 0 for a small text",
    );
  });
});

describe("a text without ends of sentences", () => {
  it("is read in parts, so that the rate falls on the way", async () => {
    const words = Array.from({ length: 60_000 }, (_, i) => topics[0][i % 6]!);
    const model = new Word2Vec(wordCorpus([words]), { channels: 4, seed: 1 });
    const rates = (await eventsOf(model, { ...settings, epochs: 1 })).map(({ rate }) => rate);
    expect(rates.length).toBe(6); // 10,000 words each
    expect(rates).toEqual([...rates].sort((a, b) => b - a));
    expect(new Set(rates).size).toBe(6);
  });
});
