/**
 * Do two sets of word vectors agree on who stands near whom? Directions differ from training to training,
 * neighbourhoods are what can be compared.
 *
 * Source:  Antoniak and Mimno (2018), "Evaluating the Stability of Embedding-based Word Similarities", https://aclanthology.org/Q18-1008
 * Chapter: notebooks/02-embeddings.ipynb
 */
import type { WordVectors } from "../models/word-vectors.ts";

/** The part of the `count` (default 10) nearest words of each of `words` that both have, from 0 to 1, mean over `words`. */
export function neighbourAgreement(
  [a, b]: readonly [WordVectors, WordVectors],
  words: readonly string[],
  { count = 10 }: { readonly count?: number } = {},
): number {
  let common = 0;
  for (const word of words) {
    const near = new Set(a.nearest(word, { count }).map((neighbour) => neighbour.word));
    common += b.nearest(word, { count }).filter((neighbour) => near.has(neighbour.word)).length;
  }
  return common / (count * words.length);
}
