import { basename } from "node:path";
import { expect, test } from "vitest";

import { DataError } from "../../src/core/errors.ts";
import { readFont } from "../../src/notebook/font.ts";
import { fontsFor } from "../../src/notebook/fonts.ts";

test("Chinese files are loaded only for a text that needs them", () => {
  expect(fontsFor("loss → 2.1 ✓ ␣é α").files.map((file) => basename(file))).toEqual([
    "Inter_400Regular.ttf",
    "Inter_600SemiBold.ttf",
  ]);
  expect(fontsFor("loss 损失").files.map((file) => basename(file))).toEqual([
    "NotoSansHans-Regular.otf",
    "NotoSansHans-Bold.otf",
    "Inter_400Regular.ttf",
    "Inter_600SemiBold.ttf",
  ]);
});

test("a letter that no font has costs no Chinese font", () => {
  expect(fontsFor("\u{F0000}").family).toBe("Inter");
});

test("widths are those of the font: Chinese letters are square, i is narrower than m, bold is wider", () => {
  expect(fontsFor("标记").width("标记", 10, false)).toBe(20);
  const latin = fontsFor("a");
  expect(latin.width("i", 10, false)).toBeLessThan(latin.width("m", 10, false) / 2);
  expect(latin.width("loss", 10, true)).toBeGreaterThan(latin.width("loss", 10, false));
  // A letter that only the second font has is as wide as there.
  expect(fontsFor("标↵").width("↵", 10, false)).toBe(latin.width("↵", 10, false));
});

test("a file that is no font is refused by its name", () => {
  expect(() => readFont("letters.ttf", new Uint8Array(64))).toThrow(
    new DataError(
      'letters.ttf: expected a font with the table "head", got none; use a TTF or OTF file',
    ),
  );
});
