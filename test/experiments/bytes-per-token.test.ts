import { expect, test } from "vitest";

import { bytesPerToken, experiment } from "../../src/experiments/bytes-per-token.ts";
import type { Tokenizer } from "../../src/text/tokenizer.ts";

/** A token for each two UTF-16 units. */
const pairs: Tokenizer = {
  vocabulary: 1,
  encode: (text) => (text.match(/[^]{1,2}/g) ?? []).map(() => 0),
  decode: () => "",
};

test("bytes of UTF-8 over tokens, all texts together", () => {
  // "abcd" is 4 bytes in 2 tokens, "牛" 3 bytes in 1: 7 bytes in 3 tokens, not the mean of 2 and 3.
  expect(bytesPerToken(pairs, ["abcd", "牛"])).toBe(7 / 3);
});

test("held-out chapters are written with more tokens than those that the tokens come from", async () => {
  const { read = 0, held = 0, kept = 0 } = await experiment.run({ seed: 1 });

  expect(held).toBeLessThan(read);
  expect(held).toBeGreaterThan(3);
  expect(kept).toBe(held / read);
});
