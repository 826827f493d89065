import { expect, test } from "vitest";

import { ConfigError } from "../../src/core/errors.ts";
import { holdOut } from "../../src/experiments/held-out.ts";

const texts = Array.from({ length: 136 }, (_, i) => `chapter ${i}`);

test("a tenth is held out, nothing is lost or in both, and both keep the order of the book", () => {
  const { read, held } = holdOut(texts, { seed: 1 });

  expect(held).toHaveLength(14);
  expect(read).toEqual(texts.filter((text) => !held.includes(text)));
  expect(held).toEqual(texts.filter((text) => held.includes(text)));
});

test("the seed decides which", () => {
  const held = (seed: number): readonly string[] => holdOut(texts, { seed }).held;

  expect(held(1)).toEqual(held(1));
  expect(held(1)).not.toEqual(held(2));
});

test("at least one text is held out, and at least one is left to read", () => {
  expect(holdOut(["a", "b"], { share: 0.1, seed: 1 }).held).toHaveLength(1);
  expect(() => holdOut(texts, { share: 1, seed: 1 })).toThrow(
    new ConfigError(
      "holdOut: expected a share above 0 that leaves some of 136 texts, got 1; use one such as 0.1",
    ),
  );
  expect(() => holdOut(texts, { share: NaN, seed: 1 })).toThrow(ConfigError);
  expect(() => holdOut(["a"], { seed: 1 })).toThrow(ConfigError);
});
