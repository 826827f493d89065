import { expect, test } from "vitest";

import { learnSpeeches, shuffledCorpus } from "../../src/experiments/speech-vectors.ts";
import { wordCorpus } from "../../src/text/words.ts";

// 300 sentences of 2 to 11 words, some words common and some rare.
const corpus = wordCorpus(
  Array.from({ length: 300 }, (_, s) =>
    Array.from({ length: 2 + (s % 10) }, (_, i) => `w${(s * i * i) % (1 + (s % 40))}`),
  ),
  { minCount: 1 },
);

test("shuffled speeches have the same words, as often, in as long sentences, in another order", () => {
  const shuffled = shuffledCorpus(corpus, { seed: 1 });

  expect(shuffled.starts).toEqual(corpus.starts);
  expect(shuffled.counts).toEqual(corpus.counts);
  expect(Int32Array.from(shuffled.ids).sort()).toEqual(Int32Array.from(corpus.ids).sort());
  const kept = shuffled.ids.filter((id, place) => id === corpus.ids[place]).length;
  expect(kept / corpus.ids.length).toBeLessThan(0.5);
  expect(shuffledCorpus(corpus, { seed: 2 }).ids).not.toEqual(shuffled.ids);
});

test("learning depends on the seed alone, and ends with the reason of an aborted signal", async () => {
  const learned = await learnSpeeches(corpus, { seed: 1 });

  expect((await learnSpeeches(corpus, { seed: 1 })).vectors).toEqual(learned.vectors);
  expect((await learnSpeeches(corpus, { seed: 2 })).vectors).not.toEqual(learned.vectors);
  await expect(
    learnSpeeches(corpus, { seed: 1, signal: AbortSignal.abort(new Error("enough")) }),
  ).rejects.toThrow("enough");
});
