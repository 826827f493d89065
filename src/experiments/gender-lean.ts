/**
 * A ruler for "does this word keep the company of women or of men?", and a test of the ruler.
 *
 *   lean of a word = mean cosine with she, her, woman, women − mean cosine with he, his, man, men
 *
 * Before a profession is measured, the ruler is held against words whose answer is known: mother should lean more
 * than father. And against something that it should not see: how often a word occurs.
 *
 * Source:  Caliskan et al. (2017), https://arxiv.org/abs/1608.07187, on measuring by mean cosines;
 *          Ethayarajh et al. (2019), section 4, on what such rulers overlook, https://aclanthology.org/P19-1166
 * Chapter: notebooks/02-embeddings.ipynb
 */
import type { WordVectors } from "../models/word-vectors.ts";
import type { WordCorpus } from "../core/word-corpus.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { learnSpeeches, speechCorpus } from "./speech-vectors.ts";

/** Words for women, and for men, that occur ten times or more and are no part of the ruler. */
export const known: Readonly<Record<"women" | "men", readonly string[]>> = {
  women: words(
    "mother mothers wife daughter daughters girl girls sister widows queen mom lady herself",
  ),
  men: words("father fathers husband son sons boy boys brothers king sir gentlemen dad himself"),
};

const ruler = { women: words("she her woman women"), men: words("he his man men") };

/** Above 0 towards the women, below 0 towards the men. Throws `DataError` for a word without a vector. */
export function genderLean(vectors: WordVectors, word: string): number {
  const mean = (others: readonly string[]): number =>
    others.reduce((sum, other) => sum + vectors.similarity(word, other), 0) / others.length;
  return mean(ruler.women) - mean(ruler.men);
}

/** Of all pairs of a known word for women and one for men, the part in which hers leans more; a coin gets one half. */
export function sortedRightly(vectors: WordVectors): number {
  const [hers, his] = [known.women, known.men].map((list) =>
    list.map((word) => genderLean(vectors, word)),
  );
  const right = hers!.map((lean) => his!.filter((other) => lean > other).length);
  return right.reduce((sum, count) => sum + count, 0) / (hers!.length * his!.length);
}

/** The correlation of a word's lean with the logarithm of its count, over every tenth of ranks 200 to 8,000; 0 for a fair ruler. */
export function leanByFrequency(vectors: WordVectors, { words, counts }: WordCorpus): number {
  const ranks = words.map((_, rank) => rank).filter((r) => r >= 200 && r < 8000 && r % 10 === 0);
  return correlation(
    ranks.map((rank) => Math.log(counts[rank]!)),
    ranks.map((rank) => genderLean(vectors, words[rank]!)),
  );
}

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
  const [dx, dy] = [xs, ys].map((list) => {
    const middle = mean(list);
    return list.map((value) => value - middle);
  });
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return dot(dx!, dy!) / Math.sqrt(dot(dx!, dx!) * dot(dy!, dy!));
}

function words(text: string): readonly string[] {
  return text.split(" ");
}

async function run(options: ExperimentOptions): Promise<Values> {
  const corpus = speechCorpus();
  const vectors = await learnSpeeches(corpus, options);
  return {
    sorted: sortedRightly(vectors),
    frequency: leanByFrequency(vectors, corpus),
  };
}

/** The ruler on vectors of the speeches. */
export const experiment: Experiment = {
  name: "gender-lean",
  chapter: "02",
  seconds: 15,
  values: {
    sorted: {
      says: "pairs of a woman's and a man's word that the ruler puts in the right order",
      unit: "of 1",
      rate: true,
    },
    frequency: {
      says: "how the lean follows the logarithm of a word's count",
      unit: "correlation",
    },
  },
  run,
};
