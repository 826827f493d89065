/**
 * What happens when text is not cut into pieces before byte pairs are learned?
 *
 * Tokens may then reach across words: a token carries more bytes, and a model that counts pairs of tokens reads
 * worse with them, since the same words come in many forms.
 *
 * Source:  Radford et al. (2019), section 2.2, on words "in many variations such as dog. dog! dog?"
 * Chapter: notebooks/01-tokens.ipynb
 */
import { mobyDick } from "../../datasets/moby-dick/chapters.ts";
import { BytePairTokenizer } from "../text/byte-pair-tokenizer.ts";
import { trainBytePairs } from "../text/byte-pair-training.ts";
import { bytesPerToken, VOCABULARY } from "./bytes-per-token.ts";
import type { Experiment, Values } from "./experiment.ts";
import { holdOut } from "./held-out.ts";
import { pairLoss } from "./pair-loss.ts";

/** A pattern that cuts nothing: each text is one piece. */
export const WHOLE_TEXT: string = String.raw`[\s\S]+`;

function run({ seed }: { readonly seed: number }): Promise<Values> {
  const split = holdOut(
    mobyDick().map((chapter) => chapter.text),
    { seed },
  );
  const [cut, whole] = ["gpt2", WHOLE_TEXT].map((pattern) => {
    const pairs = trainBytePairs(split.read, { vocabulary: VOCABULARY, pattern });
    const tokenizer = new BytePairTokenizer(pairs);
    const { perByte } = pairLoss(tokenizer, split);
    return { bytes: bytesPerToken(tokenizer, split.held), perByte };
  }) as [{ bytes: number; perByte: number }, { bytes: number; perByte: number }];
  return Promise.resolve({ longer: whole.bytes / cut.bytes, loss: whole.perByte / cut.perByte });
}

/** A tenth of the chapters of Moby-Dick is held out; the seed decides which. */
export const experiment: Experiment = {
  name: "without-pieces",
  chapter: "01",
  seconds: 2,
  values: {
    longer: {
      says: "bytes that a token carries in chapters held out, learned without pieces over with pieces",
      unit: "times",
    },
    loss: {
      says: "nats per byte of counted pairs in chapters held out, without pieces over with pieces",
      unit: "times",
    },
  },
  run,
};
