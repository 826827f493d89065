import { expect, test } from "vitest";

import { experiment, WHOLE_TEXT } from "../../src/experiments/without-pieces.ts";
import { pieceEnd } from "../../src/text/pre-tokenizer.ts";

test("the pattern that cuts nothing takes words, lines and signs as one piece", () => {
  const text = "Call me Ishmael.\n\nSome years ago, 鲸!";

  expect(pieceEnd(WHOLE_TEXT)(text, 0)).toBe(text.length);
});

test("tokens learned without pieces are longer, and counted pairs of them read worse", async () => {
  const { longer = 0, loss = 0 } = await experiment.run({ seed: 1 });

  expect(longer).toBeGreaterThan(1.02);
  expect(longer).toBeLessThan(1.2);
  expect(loss).toBeGreaterThan(1.05);
  expect(loss).toBeLessThan(1.3);
});
