import { expect, test } from "vitest";

import { experiment, idsOf, pairGain, pairLoss } from "../../src/experiments/pair-loss.ts";
import { Bigram } from "../../src/models/bigram.ts";
import { ByteTokenizer } from "../../src/text/bytes.ts";
import { CharacterTokenizer } from "../../src/text/characters.ts";

test("ids of several texts stand one after the other, and none is left out", () => {
  expect(idsOf(new ByteTokenizer(), ["ab", "", "c"])).toEqual([97, 98, 99]);
});

test("the loss per byte is the sum of the tokens' losses over bytes of UTF-8, not over characters", () => {
  // "éé" is 2 tokens and 4 bytes; one pair is judged.
  const tokenizer = new CharacterTokenizer("éa");
  const { perToken, perByte } = pairLoss(tokenizer, { read: ["éaéa"], held: ["éé"] });

  expect(perByte).toBeCloseTo(perToken / 4, 12);
});

test("loss in the text held out is that of a model which counted the other text alone", () => {
  const tokenizer = new CharacterTokenizer("ab");
  const { perToken, readPerToken, readPerByte } = pairLoss(tokenizer, {
    read: ["ababab"],
    held: ["aab"],
  });

  // p(a) = p(b) = 4/8. After a: b 3 times. p(a|a) = (0 + 10/2)/13, p(b|a) = (3 + 10/2)/13.
  expect(perToken).toBeCloseTo(-(Math.log(5 / 13) + Math.log(8 / 13)) / 2, 12);
  // Each pair of ababab: ab 3 times with p = 8/13, ba twice with p(a|b) = (2 + 5)/12.
  const sum = -(3 * Math.log(8 / 13) + 2 * Math.log(7 / 12));
  expect(readPerToken).toBeCloseTo(sum / 5, 12);
  expect(readPerByte).toBeCloseTo(sum / 6, 12);
});

test("looking back saves something where pairs repeat, and costs where they contradict", () => {
  const model = new Bigram([0, 1, 0, 1, 0, 1, 0, 1], { vocabulary: 2 });

  expect(pairGain(model, [0, 1, 0, 1])).toBeGreaterThan(0.1);
  expect(pairGain(model, [0, 0, 0, 0])).toBeLessThan(-0.1);
});

test("pairs of a book are worth something, and nothing once its order is destroyed", async () => {
  const { gain = 0, shuffledGain = 1 } = await experiment.run({ seed: 1 });

  expect(gain).toBeGreaterThan(0.5);
  expect(Math.abs(shuffledGain)).toBeLessThan(0.02);
});

test("by tokens the longer ones look worse, by bytes they are better, and known chapters flatter", async () => {
  const values = await experiment.run({ seed: 2 });

  expect(values["tokens"]).toBeGreaterThan(values["characters"]! * 1.5);
  expect(values["tokensPerByte"]).toBeLessThan(values["charactersPerByte"]! * 0.8);
  expect(values["tokensRead"]).toBeLessThan(values["tokens"]! - 1);
});
