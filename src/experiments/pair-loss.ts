/**
 * How surprised is a model that counts pairs, by chapters that it has not read, token by token and byte by byte?
 *
 *   nats per token = sum of −ln p(next | previous) / tokens
 *   nats per byte  = the same sum / bytes of UTF-8
 *
 * Tokens differ in length from one tokenizer to the next, bytes do not: only the second number compares two of them.
 *
 * Axes:    V ids of a vocabulary
 * Source:  Cotterell et al. (2018), section 3, on units that can be compared, https://aclanthology.org/N18-2085/
 * Chapter: notebooks/01-tokens.ipynb
 */
import { mobyDick, mobyDickText } from "../../datasets/moby-dick/chapters.ts";
import { Random } from "../core/random.ts";
import { Bigram } from "../models/bigram.ts";
import { BytePairTokenizer } from "../text/byte-pair-tokenizer.ts";
import { trainBytePairs } from "../text/byte-pair-training.ts";
import { CharacterTokenizer } from "../text/characters.ts";
import type { Tokenizer } from "../text/tokenizer.ts";
import type { Experiment, Values } from "./experiment.ts";
import { holdOut } from "./held-out.ts";
import type { Split } from "./held-out.ts";

/** What a model of counted pairs loses, in nats. */
export interface PairLoss {
  /** Mean over the tokens of the texts held out. */
  readonly perToken: number;
  /** The same sum, over the bytes of those texts. */
  readonly perByte: number;
  /** Mean over the tokens of the texts that were counted. */
  readonly readPerToken: number;
  /** That sum, over the bytes of those texts. */
  readonly readPerByte: number;
}

/** The ids of all texts, one after the other. */
export function idsOf(tokenizer: Tokenizer, texts: readonly string[]): number[] {
  return texts.flatMap((text) => tokenizer.encode(text));
}

/** Counts the pairs of `read` and judges them on both parts of a book. */
export function pairLoss(tokenizer: Tokenizer, { read, held }: Split): PairLoss {
  const [known, unknown] = [idsOf(tokenizer, read), idsOf(tokenizer, held)];
  const model = new Bigram(known, { vocabulary: tokenizer.vocabulary });
  const perToken = model.loss(unknown);
  const readPerToken = model.loss(known);
  return {
    perToken,
    perByte: (perToken * (unknown.length - 1)) / countBytes(held),
    readPerToken,
    readPerByte: (readPerToken * (known.length - 1)) / countBytes(read),
  };
}

function countBytes(texts: readonly string[]): number {
  return new TextEncoder().encode(texts.join("")).length;
}

/**
 * What the token before is worth: nats per token that `model` saves on `ids` against the shares of single tokens.
 *
 * Below 0 when looking back makes it worse.
 */
export function pairGain(model: Bigram, ids: readonly number[]): number {
  let alone = 0;
  for (const id of ids.slice(1)) alone -= Math.log(model.share(id));
  return alone / (ids.length - 1) - model.loss(ids);
}

function run({ seed }: { readonly seed: number }): Promise<Values> {
  const split = holdOut(
    mobyDick().map((chapter) => chapter.text),
    { seed },
  );
  // A character that stands in a held-out chapter alone would have no id.
  const characters = new CharacterTokenizer(mobyDickText());
  const tokens = new BytePairTokenizer(trainBytePairs(split.read, { vocabulary: 4096 }));
  const byCharacter = pairLoss(characters, split);
  const byToken = pairLoss(tokens, split);
  const random = new Random(seed);
  const [read, held] = [idsOf(characters, split.read), idsOf(characters, split.held)];
  const { vocabulary } = characters;
  return Promise.resolve({
    characters: byCharacter.perToken,
    tokens: byToken.perToken,
    tokensRead: byToken.readPerToken,
    charactersPerByte: byCharacter.perByte,
    tokensPerByte: byToken.perByte,
    gain: pairGain(new Bigram(read, { vocabulary }), held),
    shuffledGain: pairGain(new Bigram(random.shuffle(read), { vocabulary }), random.shuffle(held)),
  });
}

/** A tenth of the chapters of Moby-Dick is held out; the seed decides which, and how they are shuffled. */
export const experiment: Experiment = {
  name: "pair-loss",
  chapter: "01",
  seconds: 2,
  values: {
    characters: {
      says: "loss of counted pairs of characters in chapters held out",
      unit: "nats per token",
    },
    tokens: {
      says: "loss of counted pairs of 4,096 tokens in chapters held out",
      unit: "nats per token",
    },
    tokensRead: {
      says: "loss of counted pairs of 4,096 tokens in the chapters that were counted",
      unit: "nats per token",
    },
    charactersPerByte: {
      says: "loss of counted pairs of characters in chapters held out",
      unit: "nats per byte",
    },
    tokensPerByte: {
      says: "loss of counted pairs of 4,096 tokens in chapters held out",
      unit: "nats per byte",
    },
    gain: {
      says: "what knowing the character before saves in chapters held out",
      unit: "nats per token",
    },
    shuffledGain: {
      says: "the same when the characters of both parts are in random order",
      unit: "nats per token",
    },
  },
  run,
};
