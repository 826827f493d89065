/**
 * How many bytes of an unknown text does one token carry, when the tokens were learned from a book?
 *
 * They are learned from the chapters that are not held out, and the others are written with them. A byte alone
 * carries 1; the more a token carries, the further a model sees with the same number of tokens.
 *
 * Axes:    V tokens
 * Source:  Dagan et al. (2024), section 2, on compression as a measure, https://arxiv.org/abs/2402.01035
 * Chapter: notebooks/01-tokens.ipynb
 */
import { mobyDick } from "../../datasets/moby-dick/chapters.ts";
import { BytePairTokenizer } from "../text/byte-pair-tokenizer.ts";
import { trainBytePairs } from "../text/byte-pair-training.ts";
import type { Tokenizer } from "../text/tokenizer.ts";
import type { Experiment, Values } from "./experiment.ts";
import { holdOut } from "./held-out.ts";

/** V of the experiment: 256 bytes and 3,840 learned tokens. */
export const VOCABULARY = 4096;

/** Bytes of UTF-8 in some texts, divided by the tokens that a tokenizer writes them with. */
export function bytesPerToken(tokenizer: Tokenizer, texts: readonly string[]): number {
  let [bytes, tokens] = [0, 0];
  for (const text of texts) {
    bytes += new TextEncoder().encode(text).length;
    tokens += tokenizer.encode(text).length;
  }
  return bytes / tokens;
}

function run({ seed }: { readonly seed: number }): Promise<Values> {
  const { read, held } = holdOut(
    mobyDick().map((chapter) => chapter.text),
    { seed },
  );
  const tokenizer = new BytePairTokenizer(trainBytePairs(read, { vocabulary: VOCABULARY }));
  const values = { read: bytesPerToken(tokenizer, read), held: bytesPerToken(tokenizer, held) };
  return Promise.resolve({ ...values, kept: values.held / values.read });
}

/** A tenth of the chapters of Moby-Dick is held out; the seed decides which. */
export const experiment: Experiment = {
  name: "bytes-per-token",
  chapter: "01",
  seconds: 0.3,
  values: {
    read: {
      says: "bytes that one of 4,096 tokens carries in the chapters that they were learned from",
      unit: "bytes per token",
    },
    held: {
      says: "bytes that one of 4,096 tokens carries in the chapters that were held out",
      unit: "bytes per token",
    },
    kept: {
      says: "what a token carries in unknown chapters, divided by what it carries in the known ones",
      unit: "of 1",
    },
  },
  run,
};
