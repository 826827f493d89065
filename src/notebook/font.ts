/**
 * Reads from a font file which letters it has and how wide they are.
 *
 * Two tables do: `cmap`, from a code point to the number of its drawing, and `hmtx`, from that number to
 * its width. Both font formats in use, TrueType and CFF, have them in the same form. Kerning is left
 * out; it moves letters by a few hundredths.
 *
 * Source:  https://learn.microsoft.com/en-us/typography/opentype/spec/otff
 * Chapter: notebooks/00-start.ipynb
 */
import { DataError } from "../core/errors.ts";

/** The letters of one font file. */
export interface Font {
  /** Does the font draw this code point? */
  has(codePoint: number): boolean;
  /** How far the pen moves for this code point, in units of the font size; that of the "missing" box where the font has none. */
  advance(codePoint: number): number;
}

/** The subtable of `cmap` that covers all of Unicode. */
const FULL_UNICODE = 12;

/** A font from the bytes of its file; throws a `DataError` when a table that it needs is not there. */
export function readFont(who: string, bytes: Uint8Array): Font {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = (tag: string): number => {
    for (let i = 0; i < view.getUint16(4); i++) {
      const entry = 12 + 16 * i;
      const name = String.fromCharCode(...bytes.subarray(entry, entry + 4));
      if (name === tag) return view.getUint32(entry + 8);
    }
    throw new DataError(
      `${who}: expected a font with the table "${tag}", got none; use a TTF or OTF file`,
    );
  };
  const unitsPerEm = view.getUint16(table("head") + 18);
  const metrics = view.getUint16(table("hhea") + 34);
  const hmtx = table("hmtx");
  const cmap = table("cmap");
  const groups = unicodeGroups(who, view, cmap);

  const glyphOf = (codePoint: number): number => {
    // Groups are sorted: halve the range until one is left.
    let low = 0;
    let high = view.getUint32(groups + 12) - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const group = groups + 16 + 12 * middle;
      if (codePoint < view.getUint32(group)) high = middle - 1;
      else if (codePoint > view.getUint32(group + 4)) low = middle + 1;
      else return view.getUint32(group + 8) + codePoint - view.getUint32(group);
    }
    return 0;
  };
  return {
    has: (codePoint) => glyphOf(codePoint) !== 0,
    // Glyphs beyond the last metric share its width.
    advance: (codePoint) =>
      view.getUint16(hmtx + 4 * Math.min(glyphOf(codePoint), metrics - 1)) / unitsPerEm,
  };
}

function unicodeGroups(who: string, view: DataView, cmap: number): number {
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const subtable = cmap + view.getUint32(cmap + 4 + 8 * i + 4);
    if (view.getUint16(subtable) === FULL_UNICODE) return subtable;
  }
  throw new DataError(
    `${who}: expected a font with a Unicode cmap of format 12, got none; use another font`,
  );
}
