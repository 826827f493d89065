/**
 * A text as sentences of lower-case words, and those words as numbers: what word vectors learn from.
 *
 * A word is a run of letters, or a run of digits with points and commas inside ("1,500"). An apostrophe
 * or a combining mark inside a word belongs to it ("don't", "whale's"); a hyphen parts two words. A sentence
 * ends at . ! or ? before a space, and at an empty line. Scripts that write no spaces between words, such as
 * Chinese, need another cutter.
 *
 * Axes:    V different words, N words of the text that are kept, S sentences
 * Source:  the form that gensim's Word2Vec reads, https://radimrehurek.com/gensim/models/word2vec.html
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { ConfigError, DataError } from "../core/errors.ts";
import type { WordCorpus } from "../core/word-corpus.ts";

export interface WordCorpusOptions {
  /** Words that occur less often are left out, as if they had not been written. Default: 5. */
  readonly minCount?: number;
}

const SENTENCE_END = /[.!?]+["'’”)\]]*\s+|\n\s*\n/u;
const WORD = /\p{L}[\p{L}\p{M}]*(?:['’]\p{L}[\p{L}\p{M}]*)*|\p{Nd}+(?:[.,]\p{Nd}+)*/gu;

/** The lower-case words of a text, in order; ’ is written '. */
export function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(WORD) ?? []).map((word) => word.replaceAll("’", "'"));
}

/** The sentences of a text, each as its words, in order; a sentence without words is left out. */
export function sentencesOf(text: string): string[][] {
  return text
    .split(SENTENCE_END)
    .map(wordsOf)
    .filter((words) => words.length > 0);
}

/** How often each word occurs, in the order of first occurrence. */
export function countWords(sentences: Iterable<readonly string[]>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sentence of sentences) {
    for (const word of sentence) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/**
 * The sentences as ids: the V words that occur at least `minCount` times, the most frequent first (of equals,
 * the one seen first).
 *
 * Throws `ConfigError` unless `minCount` is a whole number from 1, and `DataError` when no word is that frequent.
 */
export function wordCorpus(
  sentences: readonly (readonly string[])[],
  { minCount = 5 }: WordCorpusOptions = {},
): WordCorpus {
  if (!Number.isSafeInteger(minCount) || minCount < 1) {
    throw new ConfigError(
      `wordCorpus: expected a whole number from 1 as minCount, got ${minCount}; 1 keeps every word`,
    );
  }
  const counted = countWords(sentences);
  const frequent = [...counted].filter(([, count]) => count >= minCount);
  if (frequent.length === 0) {
    throw new DataError(
      `wordCorpus: expected words that occur ${minCount} times or more, got none among ${counted.size} words; ` +
        "give more text or a smaller minCount",
    );
  }
  frequent.sort(([, a], [, b]) => b - a);
  const words = frequent.map(([word]) => word);
  const idOf = new Map(words.map((word, id) => [word, id]));

  let N = 0;
  for (const [, count] of frequent) N += count;
  const ids = new Int32Array(N);
  const starts = new Int32Array(sentences.length + 1);
  let [place, total] = [0, 0];
  for (const [s, sentence] of sentences.entries()) {
    total += sentence.length;
    for (const word of sentence) {
      const id = idOf.get(word);
      if (id !== undefined) ids[place++] = id;
    }
    starts[s + 1] = place;
  }
  return { words, counts: Int32Array.from(frequent, ([, count]) => count), ids, starts, total };
}
