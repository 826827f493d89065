import type { WordCorpus } from "../../src/core/word-corpus.ts";
import { Random } from "../../src/core/random.ts";
import { wordCorpus } from "../../src/text/words.ts";

/** Two topics of six words each; a sentence draws its words from one topic alone. */
export const topics = [
  ["cat", "dog", "cow", "hen", "pig", "fox"],
  ["tin", "oil", "gas", "zinc", "coal", "gold"],
] as const;

export function plantedText({ sentences = 2000 } = {}): WordCorpus {
  const random = new Random(5);
  return wordCorpus(
    Array.from({ length: sentences }, (_, s) =>
      Array.from({ length: 8 }, () => topics[s % 2]![random.integer(6)]!),
    ),
  );
}
