/**
 * What every tokenizer does: text in, whole numbers out, and back.
 *
 * Axes:    V ids of a vocabulary
 * Source:  Jurafsky and Martin, "Speech and Language Processing", chapter 2, https://web.stanford.edu/~jurafsky/slp3/
 * Chapter: notebooks/01-tokens.ipynb
 */

/** Cuts text into tokens, each with a number (id) from 0 to V − 1, and joins them again. */
export interface Tokenizer {
  /** V, the number of ids: every id is a whole number from 0 to V − 1. */
  readonly vocabulary: number;
  /** The ids of the tokens of a text, in order. */
  encode(text: string): number[];
  /** The text of some ids; bytes that are no UTF-8 become U+FFFD. Throws `DataError` for an id outside 0 to V − 1. */
  decode(ids: ArrayLike<number>): string;
}
