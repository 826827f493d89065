/**
 * A text in numbers: the form between what cuts a text into words and what learns from them.
 *
 * Axes:    V different words, N words of the text that are kept, S sentences
 * Source:  rows of unequal length in two flat arrays, as in a compressed sparse row matrix
 * Chapter: notebooks/02-embeddings.ipynb
 */

/** A text as ids of its frequent words, sentence after sentence. */
export interface WordCorpus {
  /** (V) The different words, the most frequent first; a word's place is its id. */
  readonly words: readonly string[];
  /** (V) How often each occurs. */
  readonly counts: Int32Array;
  /** (N) The ids of the text; rare words are left out. */
  readonly ids: Int32Array;
  /** (S + 1) Sentence s is `ids` from `starts[s]` up to but not `starts[s + 1]`. */
  readonly starts: Int32Array;
  /** Words of the text with the rare ones, N or more. */
  readonly total: number;
}
