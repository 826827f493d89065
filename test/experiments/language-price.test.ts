import { expect, test } from "vitest";

import { humanRights } from "../../datasets/human-rights/articles.ts";
import { experiment, languagePrice } from "../../src/experiments/language-price.ts";
import { ByteTokenizer } from "../../src/text/bytes.ts";

test("the price is all tokens over all English tokens, not the mean of the articles' prices", () => {
  // 3 + 6 bytes against 1 + 5: 9 / 6. The mean of 3 / 1 and 6 / 5 would be 2.1.
  expect(languagePrice(new ByteTokenizer(), ["鲸", "鲸鱼"], ["w", "whale"])).toBe(9 / 6);
});

test("English costs what English costs", () => {
  const english = humanRights("eng");

  expect(languagePrice(new ByteTokenizer(), english, english)).toBe(1);
});

test("Chinese has fewer characters and bytes than English, and more tokens in every vocabulary learned here", async () => {
  const { characters, bytes, ...learned } = await experiment.run({ seed: 1 });

  expect(characters).toBeLessThan(0.5);
  expect(bytes).toBeLessThan(1);
  for (const price of Object.values(learned)) expect(price).toBeGreaterThan(1);
});

test("the seed decides which articles are drawn", async () => {
  const first = await experiment.run({ seed: 1 });

  expect(await experiment.run({ seed: 1 })).toEqual(first);
  expect((await experiment.run({ seed: 2 }))["gpt2"]).not.toBe(first["gpt2"]);
});
