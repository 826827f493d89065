/**
 * Do word vectors know what words mean? Then opposites should lie far apart, and synonyms near.
 *
 * The mean cosine of pairs that mean the same, of pairs that mean the opposite, and of strangers: two words drawn
 * by chance, as frequent as those of a pair. Once more after training on shuffled words, where all must be alike.
 *
 * Source:  Mohammad et al. (2013), "Computing Lexical Contrast", section 1, https://aclanthology.org/J13-3004
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { Random } from "../core/random.ts";
import type { WordVectors } from "../models/word-vectors.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { learnSpeeches, shuffledCorpus, speechCorpus } from "./speech-vectors.ts";

/** Two words. */
export type WordPair = readonly [string, string];

/** Common pairs of opposites of which each word occurs in the speeches fifty times or more. */
export const opposites: readonly WordPair[] = pairs(
  "increase decrease, north south, exports imports, men women, more less, receipts expenditures, " +
    "large small, east west, rich poor, good bad, high low, day night, before after, surplus deficit, " +
    "war peace, old new, land sea, life death, past future, open close, increased reduced, buy sell, " +
    "young old, friends enemies, success failure, public private, foreign domestic, first last, " +
    "best worst, right wrong, hope fear, gain loss, above below, up down, left right, true false, " +
    "supply demand, slavery freedom, victory defeat, wealth poverty, early late, long short, " +
    "man woman, rise fall, begin end, enemy friend, profit loss, rural urban",
);

/** Pairs of nearly the same meaning, likewise. */
export const synonyms: readonly WordPair[] = pairs(
  "large great, begin start, help aid, nation country, buy purchase, permit allow, law statute, " +
    "vessels ships, important essential, freedom liberty, money funds, assist help, difficult hard, " +
    "war conflict, railroad railway, big large, jobs employment, taxes duties, children kids, " +
    "army troops, sufficient adequate, show demonstrate, require need, task job, congress legislature, " +
    "citizens people, wages pay, safety security, liberty independence, tranquillity peace, battle fight, " +
    "try attempt, obtain get, goods merchandise, land territory, hope wish, plan program, entire whole, " +
    "close near, quickly rapidly, aid assistance, end termination, vast immense, speedy prompt, " +
    "wealth prosperity, evil bad, ocean sea, wrong injustice",
);

/** The mean cosine of the pairs. Throws `DataError` for a word without a vector. */
export function meanSimilarity(vectors: WordVectors, list: readonly WordPair[]): number {
  return list.reduce((sum, [a, b]) => sum + vectors.similarity(a, b), 0) / list.length;
}

/**
 * For each pair one of strangers: each word is replaced by one that is about as frequent, drawn by the seed.
 *
 * Words stand in the order of frequency, and the stand-in's rank is at most a tenth from that of the word.
 */
export function strangersOf(
  list: readonly WordPair[],
  words: readonly string[],
  { seed }: { readonly seed: number },
): readonly WordPair[] {
  const random = new Random(seed);
  const rank = new Map(words.map((word, id) => [word, id]));
  const standIn = (word: string): string => {
    const id = rank.get(word) ?? 0;
    const reach = Math.ceil(id / 10);
    return words[Math.min(id - reach + random.integer(2 * reach + 1), words.length - 1)] ?? word;
  };
  return list.map(([a, b]): WordPair => [standIn(a), standIn(b)]);
}

function pairs(text: string): readonly WordPair[] {
  return text.split(", ").map((pair): WordPair => {
    const [a = "", b = ""] = pair.split(" ");
    return [a, b];
  });
}

async function run(options: ExperimentOptions): Promise<Values> {
  const { seed, onProgress } = options;
  const corpus = speechCorpus();
  const strangers = strangersOf([...opposites, ...synonyms], corpus.words, { seed });
  const vectors = await learnSpeeches(corpus, options);
  onProgress?.(0.5);
  const shuffled = await learnSpeeches(shuffledCorpus(corpus, { seed }), options);
  return {
    synonyms: meanSimilarity(vectors, synonyms),
    opposites: meanSimilarity(vectors, opposites),
    strangers: meanSimilarity(vectors, strangers),
    warPeace: vectors.similarity("war", "peace"),
    shuffledSynonyms: meanSimilarity(shuffled, synonyms),
    shuffledStrangers: meanSimilarity(shuffled, strangers),
  };
}

const unit = "cosine";

/** 48 pairs of each kind. The seed decides the first vectors, the noise, the strangers and the shuffle. */
export const experiment: Experiment = {
  name: "word-opposites",
  chapter: "02",
  seconds: 30,
  values: {
    synonyms: { says: "mean nearness of words that mean nearly the same", unit },
    opposites: { says: "mean nearness of words that mean the opposite", unit },
    strangers: { says: "mean nearness of two words drawn by chance, as frequent as those", unit },
    warPeace: { says: "nearness of war and peace", unit },
    shuffledSynonyms: { says: "mean nearness of synonyms, learned from shuffled speeches", unit },
    shuffledStrangers: { says: "mean nearness of strangers, learned from them", unit },
  },
  run,
};
