import { expect, test } from "vitest";

import { chaseTexts, chaseWords } from "../../../datasets/town/chases.ts";
import { pets } from "../../../datasets/town/words.ts";
import { ConfigError } from "../../../src/core/errors.ts";

const texts = chaseTexts({ count: 2000 });

test("who stands before the verb and whom behind it, two different animals", () => {
  for (const { text, who, verb, whom } of texts) {
    const words = text.split(" ");

    expect(words.filter((word) => pets.includes(word))).toEqual([who, whom]);
    expect(words.indexOf(who)).toBe(words.indexOf(verb) - 1);
    expect(words.indexOf(whom)).toBeGreaterThan(words.indexOf(verb) + 1);
    expect(who).not.toBe(whom);
  }
});

test("every animal is found on either side about as often", () => {
  for (const animal of pets) {
    const asWho = texts.filter(({ who }) => who === animal).length;
    const asWhom = texts.filter(({ whom }) => whom === animal).length;
    expect(asWho / texts.length).toBeCloseTo(1 / 12, 1);
    expect(asWhom / texts.length).toBeCloseTo(1 / 12, 1);
  }
});

test("the vocabulary is what occurs", () => {
  const used = new Set(texts.flatMap(({ text }) => text.split(" ")));
  expect([...used].sort()).toEqual(chaseWords());
});

test("texts are as many as asked for, the same for a seed and others for another", () => {
  const all = (seed: number) => chaseTexts({ count: 20, seed }).map(({ text }) => text);
  expect(all(1)).toEqual(all(1));
  expect(all(2)).not.toEqual(all(1));
  expect(chaseTexts()).toHaveLength(1000);
  expect(() => chaseTexts({ count: -2 })).toThrow(
    new ConfigError(
      "chaseTexts: expected a whole number from 0 up as count, got -2; use one such as 1000",
    ),
  );
});
