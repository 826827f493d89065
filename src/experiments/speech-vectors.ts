/**
 * Word vectors of two centuries of speeches, as chapter 02 learns them: what its experiments have in common.
 *
 * Source:  the settings of gensim's Word2Vec, https://radimrehurek.com/gensim/models/word2vec.html
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { speechesText } from "../../datasets/sotu/speeches.ts";
import { Random } from "../core/random.ts";
import type { WordCorpus } from "../core/word-corpus.ts";
import type { WordVectors } from "../models/word-vectors.ts";
import { Word2Vec } from "../models/word2vec.ts";
import { sentencesOf, wordCorpus } from "../text/words.ts";
import type { ExperimentOptions } from "./experiment.ts";

/** The speeches as sentences of words that occur at least five times. */
export function speechCorpus(): WordCorpus {
  return wordCorpus(sentencesOf(speechesText()));
}

/** The same words, each as often, in sentences of the same lengths, and dealt anew: nobody keeps company any more. */
export function shuffledCorpus(
  corpus: WordCorpus,
  { seed }: { readonly seed: number },
): WordCorpus {
  return { ...corpus, ids: Int32Array.from(new Random(seed).shuffle([...corpus.ids])) };
}

/** Skip-gram as `Word2Vec` does it unless told otherwise, about 13 seconds; throws the signal's reason when it is aborted. */
export async function learnSpeeches(
  corpus: WordCorpus,
  { seed, signal }: ExperimentOptions,
): Promise<WordVectors> {
  const model = new Word2Vec(corpus, { seed });
  const training = model.train();
  while ((await training.next()).done !== true) signal?.throwIfAborted();
  return model.vectors();
}
