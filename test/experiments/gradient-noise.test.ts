import { beforeAll, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { bookByCharacters } from "../../src/experiments/book-gpt.ts";
import { fall, gradientNoise } from "../../src/experiments/gradient-noise.ts";
import { gptPresets } from "../../src/models/gpt-presets.ts";
import { Gpt } from "../../src/models/gpt.ts";

beforeAll(async () => void (await useEngine()));

test("the fall is the noise of the smallest batch over that of the largest", () => {
  expect(fall([{ noise: 4 }, { noise: 2 }, { noise: 0.5 }])).toBe(8);
});

test("four times the windows halve the noise of a gradient", async () => {
  const book = bookByCharacters();
  const config = { ...gptPresets.tiny, context: 8, channels: 8, layers: 1, vocabulary: 81 };
  const model = new Gpt(config, { seed: 1 });
  const found = await gradientNoise(model, book, { seed: 1 });
  model.dispose();

  expect(found.map(({ batch }) => batch)).toEqual([1, 4, 16, 64]);
  expect(fall(found)).toBeGreaterThan(5);
  expect(fall(found)).toBeLessThan(12);
});
