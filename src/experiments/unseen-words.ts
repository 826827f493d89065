/**
 * How many words of a chapter has a reader of all the other chapters never met?
 *
 * A vocabulary of whole words is read off the chapters that are not held out. Every word of the others that it lacks
 * would be an unknown token.
 *
 * Source:  Sennrich et al. (2016), section 1, https://arxiv.org/abs/1508.07909
 * Chapter: notebooks/01-tokens.ipynb
 */
import { mobyDick } from "../../datasets/moby-dick/chapters.ts";
import { wordsOf } from "../text/words.ts";
import type { Experiment, Values } from "./experiment.ts";
import { holdOut } from "./held-out.ts";

/**
 * The shares, 0 to 1, of words in `held` that stand nowhere in `read`: of all words as they come (`unseen`), and of
 * the different words (`unseenKinds`).
 */
export function unseenWords(
  read: readonly string[],
  held: readonly string[],
): { readonly unseen: number; readonly unseenKinds: number } {
  const known = new Set(read.flatMap(wordsOf));
  const words = held.flatMap(wordsOf);
  const kinds = [...new Set(words)];
  const share = (list: readonly string[]): number =>
    list.filter((word) => !known.has(word)).length / list.length;
  return { unseen: share(words), unseenKinds: share(kinds) };
}

function run({ seed }: { readonly seed: number }): Promise<Values> {
  const { read, held } = holdOut(
    mobyDick().map((chapter) => chapter.text),
    { seed },
  );
  return Promise.resolve(unseenWords(read, held));
}

/** A tenth of the chapters of Moby-Dick is held out; the seed decides which. */
export const experiment: Experiment = {
  name: "unseen-words",
  chapter: "01",
  seconds: 0.2,
  values: {
    unseen: {
      says: "of the words of the chapters held out, the share that no other chapter has",
      unit: "of 1",
      rate: true,
    },
    unseenKinds: {
      says: "of the different words of the chapters held out, the share that no other chapter has",
      unit: "of 1",
      rate: true,
    },
  },
  run,
};
