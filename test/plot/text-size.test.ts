import { expect, test } from "vitest";

import { fontsFor } from "../../src/notebook/fonts.ts";
import { textWidth, wrapLines } from "../../src/plot/text-size.ts";

test.each([
  "incomprehensibility",
  "The quick brown fox jumps",
  "WWWWMMMM",
  "illicit fifty",
  "3.14159, 2,718",
  "␣cat⏎",
  "标记词元（注意力）",
  "wißbegierig Ünlü",
])("the estimate for %s is as wide as the font or up to a third wider", (text) => {
  const real = fontsFor(text).width(text, 10, false);

  expect(textWidth(text, 10)).toBeGreaterThanOrEqual(real * 0.97);
  expect(textWidth(text, 10)).toBeLessThanOrEqual(real * 1.34);
});

test("lines break between words and between Chinese characters, never inside a word", () => {
  expect(wrapLines("one two three", 10, 60)).toEqual(["one two", "three"]);
  expect(wrapLines("训练时损失下降", 10, 40)).toEqual(["训练时损", "失下降"]);
  expect(wrapLines("incomprehensibility", 10, 20)).toEqual(["incomprehensibility"]);
});
