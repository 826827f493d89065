/**
 * What byte-pair encoding learns from a text: a list of tokens, and which two tokens join to which.
 *
 * Learning starts from the 256 bytes and joins, again and again, the pair that stands side by side most
 * often. From "aaabdaaabac" (Gage's example) it learns aa, then aaab in two steps.
 *
 * Axes:    V tokens
 * Source:  Gage (1994), "A New Algorithm for Data Compression"; Sennrich et al. (2016), section 3.2,
 *          https://arxiv.org/abs/1508.07909; on bytes: Radford et al. (2019), section 2.2
 * Chapter: notebooks/01-tokens.ipynb
 */

/** Ids from here on are taken for damage: no vocabulary has so many tokens, and a list of them is filled up to the highest. */
export const ID_LIMIT: number = 2 ** 24;

/** A byte-pair vocabulary: what training makes and tokenizer files hold. */
export interface BytePairs {
  /** (V without the special tokens) The bytes of token i; a hole where no token has that id. */
  readonly tokens: readonly (Uint8Array | undefined)[];
  /**
   * The joins in the order learned, each as ids: left, right, joined. Absent for a vocabulary that is
   * only a list of ranks (tiktoken's form): there any two tokens whose bytes together are a token join,
   * the lowest id first.
   */
  readonly merges?: readonly (readonly [left: number, right: number, joined: number])[];
  /** How text is cut before bytes are joined: "gpt2", "cl100k_base", "o200k_base", or a regular expression. */
  readonly pattern: string;
  /** Text of each special token, such as "<|endoftext|>", and its id. */
  readonly special: Readonly<Record<string, number>>;
}
