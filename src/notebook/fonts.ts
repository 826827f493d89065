/**
 * The letters of pictures: Inter, and Noto Sans where a picture has Chinese in it.
 *
 * Pictures bring their own fonts, so that they look the same on every machine and have letters on one
 * that has none. The Chinese font is eight megabytes a weight and costs 25 ms a picture, so that
 * it is loaded only when a letter needs it.
 *
 * Source:  https://rsms.me/inter and https://fonts.google.com/noto, both SIL Open Font License 1.1
 * Chapter: notebooks/00-start.ipynb
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { readFont, type Font } from "./font.ts";

/** The fonts of one picture. */
export interface FontSet {
  /** The name that the files give themselves. */
  readonly family: string;
  /** All files that the picture may take letters from. */
  readonly files: readonly string[];
  /** Is its minus sign as wide as a Chinese character? */
  readonly wideMinus: boolean;
  /** The width of a text in pixels at a font size in pixels. */
  width(text: string, fontSize: number, bold: boolean): number;
}

interface Family {
  readonly family: string;
  readonly regular: string;
  readonly bold: string;
}

const require = createRequire(import.meta.url);

const inter: Family = {
  family: "Inter",
  regular: require.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"),
  bold: require.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf"),
};

// The package exports no file but its entry, which is one folder below its root.
const noto = join(dirname(require.resolve("@embedpdf/fonts-sc")), "..", "fonts");
const chinese: Family = {
  family: "Noto Sans S Chinese",
  regular: join(noto, "NotoSansHans-Regular.otf"),
  bold: join(noto, "NotoSansHans-Bold.otf"),
};

const read = new Map<string, Font>();

/** The fonts for a picture that shows `text`: Inter alone where it has every letter of it. */
export function fontsFor(text: string): FontSet {
  const latin = fontAt(inter.regular);
  for (const letter of new Set(text)) {
    const codePoint = letter.codePointAt(0) ?? 0;
    if (!latin.has(codePoint) && fontAt(chinese.regular).has(codePoint))
      return fontSet(chinese, inter);
  }
  return fontSet(inter);
}

/** Letters come from the first family; from the second where the first has none. */
function fontSet(first: Family, second: Family = first): FontSet {
  const files = [first, second].flatMap(({ regular, bold }) => [regular, bold]);
  return {
    family: first.family,
    files: [...new Set(files)],
    wideMinus: fontAt(first.regular).advance(0x2212) >= 0.9,
    width: (text, fontSize, bold) => {
      const fonts = [first, second].map((family) => fontAt(bold ? family.bold : family.regular));
      let width = 0;
      for (const letter of text) {
        const codePoint = letter.codePointAt(0) ?? 0;
        const font = fonts.find((one) => one.has(codePoint)) ?? fonts[0];
        width += font?.advance(codePoint) ?? 0;
      }
      return width * fontSize;
    },
  };
}

function fontAt(path: string): Font {
  const known = read.get(path);
  if (known !== undefined) return known;
  const font = readFont(path, readFileSync(path));
  read.set(path, font);
  return font;
}
