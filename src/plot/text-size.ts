/**
 * How wide a text is, roughly, without a font: enough to break lines and to keep labels apart.
 *
 * A specification is drawn with whatever sans-serif the reader's browser has, so exact widths do
 * not exist here. The classes below are those of Inter, rounded up: boxes are rather too wide.
 *
 * Source:  advance widths of Inter 4.0, https://rsms.me/inter
 * Chapter: notebooks/00-start.ipynb
 */

/** Widths in units of the font size, by class of letter; the first class that holds a letter counts. */
const classes: readonly (readonly [RegExp, number])[] = [
  [/[iIjl.,:;'|!]/u, 0.33],
  [/[\s()[\]{}frt\-"/\\]/u, 0.42],
  [/[mwMW@%—→←⏎]/u, 0.95],
  [/[A-Z]/u, 0.75],
  // Chinese, Japanese, Korean and their punctuation are as wide as they are high; emoji a little more.
  [/[\u2E80-\uA4CF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFF60]/u, 1],
  [/\p{Extended_Pictographic}/u, 1.3],
  [/\p{Mark}/u, 0],
];

const OTHER = 0.63;

/** The width of a text in pixels at a font size in pixels; an estimate, rather too large than too small. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const letter of text)
    width += classes.find(([letters]) => letters.test(letter))?.[1] ?? OTHER;
  return width * fontSize;
}

/** The lines of a text, broken between words (or between Chinese characters) to fit `width` pixels. */
export function wrapLines(text: string, fontSize: number, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  // A piece is a word with the spaces behind it, or one Chinese character.
  for (const piece of text.match(
    /[\u2E80-\uA4CF\uFF00-\uFF60]|[^\s\u2E80-\uA4CF\uFF00-\uFF60]+\s*|\s+/gu,
  ) ?? []) {
    if (line !== "" && textWidth((line + piece).trimEnd(), fontSize) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  lines.push(line.trimEnd());
  return lines;
}
