/**
 * What kind of character this is: letter, number, white space or symbol, for all of Unicode.
 *
 * The properties \p{…} of regular expressions decide; asking them once for each character of a text
 * is slow, so the answers lie in a table, filled by blocks of 256 characters when first needed.
 *
 * Source:  Unicode Standard Annex #44, general categories, https://www.unicode.org/reports/tr44/
 * Chapter: notebooks/01-tokens.ipynb
 */

/** Letters of every script: \p{L}. */
export const LETTER = 1;
/** Digits and numbers of every script: \p{N}. */
export const NUMBER = 2;
/** \p{White_Space}: what \s means in Rust, Python and Oniguruma (JavaScript's own \s differs: U+FEFF, U+0085). */
export const SPACE = 4;
/** None of the three above: punctuation, signs, marks, control characters, lone surrogates. */
export const SYMBOL = 8;
/** [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]: what may begin a word in o200k_base. */
export const UPPER = 16;
/** [\p{Ll}\p{Lm}\p{Lo}\p{M}]: what may go on in it. */
export const LOWER = 32;
/** The ends of lines: U+000D and U+000A. */
export const NEWLINE = 64;
/** A character that takes two UTF-16 units. */
export const WIDE = 128;

/** (0x110000) The class of every code point, a sum of the constants above; 0 where not yet asked for. */
const classes = new Uint8Array(0x110000);

/** The class of the character at unit `at` of a text, a sum of the constants of this file; 0 at its end. */
export function classAt(text: string, at: number): number {
  if (at >= text.length) return 0;
  const unit = text.charCodeAt(at);
  const code = (unit & 0xfc00) === 0xd800 ? (text.codePointAt(at) as number) : unit;
  return (classes[code] as number) || firstClass(code);
}

/** Where the run of characters with one of the bits in `kinds` that begins at unit `at` ends. */
export function runEnd(text: string, at: number, kinds: number): number {
  let end = at;
  for (;;) {
    const kind = classAt(text, end);
    if ((kind & kinds) === 0) return end;
    end += 1 + (kind >>> 7); // WIDE
  }
}

function firstClass(code: number): number {
  const first = code & ~0xff;
  for (let other = first; other < first + 256; other++) classes[other] = classify(other);
  return classes[code] as number;
}

const LOWER_CASE = /\p{Ll}/u;
const UPPER_CASE = /[\p{Lu}\p{Lt}]/u;
const NO_CASE = /[\p{Lm}\p{Lo}]/u;

function classify(code: number): number {
  const character = String.fromCodePoint(code);
  const wide = code > 0xffff ? WIDE : 0;
  if (LOWER_CASE.test(character)) return LETTER | LOWER | wide;
  if (UPPER_CASE.test(character)) return LETTER | UPPER | wide;
  if (NO_CASE.test(character)) return LETTER | UPPER | LOWER | wide;
  if (/\p{N}/u.test(character)) return NUMBER | wide;
  if (/\p{M}/u.test(character)) return SYMBOL | UPPER | LOWER | wide;
  if (code === 0x0d || code === 0x0a) return SPACE | NEWLINE;
  return (/\p{White_Space}/u.test(character) ? SPACE : SYMBOL) | wide;
}
