import { expect, test } from "vitest";

import { ConfigError } from "../../src/core/errors.ts";
import { bands } from "../../src/notebook/bands.ts";
import { printed } from "./host.ts";

test.each([
  [2.3149, "loss after 300 steps: 2.31, band 2.1 to 2.5 ✓ inside\n"],
  [2.1, "loss after 300 steps: 2.1, band 2.1 to 2.5 ✓ inside\n"],
  [2.51, "loss after 300 steps: 2.51, band 2.1 to 2.5 ✗ outside\n"],
  [NaN, "loss after 300 steps: NaN, band 2.1 to 2.5 ✗ outside\n"],
])("%d is printed with its band and never thrown", async (value, text) => {
  expect(await printed(() => bands("loss after 300 steps", value, [2.1, 2.5]))).toBe(text);
});

test("a band upside down is a mistake of the chapter", () => {
  expect(() => bands("loss", 2, [3, 1])).toThrow(
    new ConfigError('bands "loss": expected [low, high] with low <= high, got [3, 1]; swap them'),
  );
});
