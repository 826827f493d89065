/**
 * Where the words of a text stand when each is a box and lines wrap.
 *
 * Source:  greedy line breaking, as in every text editor
 * Chapter: notebooks/00-start.ipynb
 */
import { textWidth } from "./text-size.ts";

/** A box in pixels: left edge, top edge, width. */
export interface TokenBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Pixels: height of a box, gap between boxes, room on both sides of a word, narrowest box. */
export const BOX_HEIGHT = 36;
const GAP = 3;
const SIDE = 5;
const NARROWEST = 34;

/** One box for each word, left to right, in lines of at most `width` pixels; a word that ends in ⏎ ends its line. */
export function tokenBoxes(words: readonly string[], fontSize: number, width: number): TokenBox[] {
  let x = 0;
  let y = 0;
  return words.map((word) => {
    const own = Math.min(
      width,
      Math.max(NARROWEST, Math.ceil(textWidth(word, fontSize)) + 2 * SIDE),
    );
    if (x > 0 && x + own > width) [x, y] = [0, y + BOX_HEIGHT + GAP];
    const box = { x, y, width: own };
    x += own + GAP;
    if (word.endsWith("⏎")) [x, y] = [0, y + BOX_HEIGHT + GAP];
    return box;
  });
}
