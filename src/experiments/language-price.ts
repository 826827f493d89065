/**
 * What the same text costs in another language, in tokens, when English costs 1.
 *
 * The articles of the declaration of human rights say the same thing in each language. Their tokens are counted, and
 * divided by those of the English ones.
 *
 * Source:  Petrov et al. (2023), section 3, on the premium of a language, https://arxiv.org/abs/2305.15425
 * Chapter: notebooks/01-tokens.ipynb
 */
import { humanRights } from "../../datasets/human-rights/articles.ts";
import { mobyDick } from "../../datasets/moby-dick/chapters.ts";
import { Random } from "../core/random.ts";
import { BytePairTokenizer } from "../text/byte-pair-tokenizer.ts";
import { trainBytePairs } from "../text/byte-pair-training.ts";
import { ByteTokenizer } from "../text/bytes.ts";
import { CharacterTokenizer } from "../text/characters.ts";
import { loadPublished } from "../text/published.ts";
import type { Tokenizer } from "../text/tokenizer.ts";
import type { Experiment, Values } from "./experiment.ts";

/** Tokens of `texts`, divided by the tokens of the same things said in English. */
export function languagePrice(
  tokenizer: Tokenizer,
  texts: readonly string[],
  english: readonly string[],
): number {
  return countTokens(tokenizer, texts) / countTokens(tokenizer, english);
}

function countTokens(tokenizer: Tokenizer, texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + tokenizer.encode(text).length, 0);
}

function run({ seed }: { readonly seed: number }): Promise<Values> {
  const [english, chinese] = [humanRights("eng"), humanRights("cmn_hans")];
  const random = new Random(seed);
  const drawn = english.map(() => random.integer(english.length));
  const price = (tokenizer: Tokenizer): number =>
    languagePrice(
      tokenizer,
      drawn.map((place) => chinese[place] as string),
      drawn.map((place) => english[place] as string),
    );
  const book = mobyDick().map((chapter) => chapter.text);
  return Promise.resolve({
    characters: price(new CharacterTokenizer([...english, ...chinese].join(""))),
    bytes: price(new ByteTokenizer()),
    book: price(new BytePairTokenizer(trainBytePairs(book, { vocabulary: 4096 }))),
    gpt2: price(loadPublished("gpt2")),
    cl100k_base: price(loadPublished("cl100k_base")),
    o200k_base: price(loadPublished("o200k_base")),
  });
}

const says = (tokenizer: string): { readonly says: string; readonly unit: string } => ({
  says: `tokens of Chinese for one of English, the same articles, by ${tokenizer}`,
  unit: "times English",
});

/** 30 of the 30 articles are drawn, some twice and some not at all (a bootstrap); the seed decides which. */
export const experiment: Experiment = {
  name: "language-price",
  chapter: "01",
  seconds: 1,
  values: {
    characters: says("characters"),
    bytes: says("bytes"),
    book: says("4,096 tokens learned from Moby-Dick"),
    gpt2: says("GPT-2's tokenizer"),
    cl100k_base: says("GPT-4's tokenizer"),
    o200k_base: says("GPT-4o's tokenizer"),
  },
  run,
};
