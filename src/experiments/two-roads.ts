/**
 * Word2Vec reads neighbours, GloVe reads a table of counts: do they find the same neighbours for a word?
 *
 * Of the ten nearest of a word by one, which part is among the ten nearest by the other; mean over a hundred frequent
 * words. For comparison the same method with another seed.
 *
 * Source:  Wendlandt et al. (2018), "Factors Influencing the Surprising Instability of Word Embeddings",
 *          section 3, https://aclanthology.org/N18-1190
 * Chapter: notebooks/02-embeddings.ipynb
 */
import type { WordCorpus } from "../core/word-corpus.ts";
import { coOccurrences } from "../models/co-occurrence.ts";
import { Glove } from "../models/glove.ts";
import type { WordVectors } from "../models/word-vectors.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { learnSpeeches, speechCorpus } from "./speech-vectors.ts";

/** The part of the ten nearest that two sets of vectors share, mean over ranks 100, 104, … 496. */
export function sharedNeighbours(one: WordVectors, other: WordVectors): number {
  const asked = one.words.filter((_, rank) => rank >= 100 && rank < 500 && rank % 4 === 0);
  const near = (vectors: WordVectors, word: string): string[] =>
    vectors.nearest(word, { count: 10 }).map((neighbour) => neighbour.word);
  const shared = asked.map((word) => {
    const those = new Set(near(other, word));
    return near(one, word).filter((neighbour) => those.has(neighbour)).length / 10;
  });
  return shared.reduce((sum, part) => sum + part, 0) / shared.length;
}

/** GloVe on the speeches as chapter 02 trains it, about 15 seconds; throws the signal's reason when it is aborted. */
export async function learnGlove(
  corpus: WordCorpus,
  { seed, signal }: ExperimentOptions,
): Promise<WordVectors> {
  const model = new Glove(corpus.words, coOccurrences(corpus), { seed });
  const training = model.train({ limit: 10 });
  while ((await training.next()).done !== true) signal?.throwIfAborted();
  return model.vectors();
}

async function run(options: ExperimentOptions): Promise<Values> {
  const { seed, onProgress } = options;
  const corpus = speechCorpus();
  const vectors = await learnSpeeches(corpus, options);
  onProgress?.(0.3);
  const again = await learnSpeeches(corpus, { ...options, seed: seed + 1000 });
  onProgress?.(0.6);
  const glove = await learnGlove(corpus, options);
  return {
    otherMethod: sharedNeighbours(vectors, glove),
    otherSeed: sharedNeighbours(vectors, again),
  };
}

const rate = { unit: "of 1", rate: true } as const;

/** Word2Vec and GloVe on the speeches. */
export const experiment: Experiment = {
  name: "two-roads",
  chapter: "02",
  seconds: 45,
  values: {
    otherMethod: { says: "the ten nearest words that Word2Vec and GloVe share", ...rate },
    otherSeed: { says: "the ten nearest words that two runs of Word2Vec share", ...rate },
  },
  run,
};
