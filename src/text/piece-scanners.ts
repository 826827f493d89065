/**
 * The three published patterns as code that reads each character once: ten times as fast as the
 * regular expressions, with the same pieces.
 *
 * Each function follows the alternatives of its pattern from left to right; the comments quote them.
 *
 * Source:  the regular expressions of published-patterns.ts, against which tests compare
 * Chapter: notebooks/01-tokens.ipynb
 */
import {
  classAt,
  LETTER,
  LOWER,
  NEWLINE,
  NUMBER,
  runEnd,
  SPACE,
  SYMBOL,
  UPPER,
} from "./character-classes.ts";

/** Where the piece of a text that begins at unit `start` ends: past its last UTF-16 unit. */
export type PieceEnd = (text: string, start: number) => number;

const APOSTROPHE = 0x27;
const BLANK = 0x20;
const SLASH = 0x2f;

/** The pieces of GPT-2. */
export function gpt2PieceEnd(text: string, start: number): number {
  const unit = text.charCodeAt(start);
  if (unit === APOSTROPHE) {
    const end = contractionEnd(text, start, false); // '(?:[sdmt]|ll|ve|re)
    if (end > start) return end;
  }
  const first = unit === BLANK ? start + 1 : start;
  const kind = classAt(text, first) & (LETTER | NUMBER | SYMBOL);
  if (kind !== 0) return runEnd(text, first, kind); //  ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++
  return whiteSpaceEnd(text, start, PLAIN);
}

/** The pieces of cl100k_base. */
export function cl100kPieceEnd(text: string, start: number): number {
  return cl100kEnd(text, start, LINES_AND_END);
}

/** The pieces of cl100k_base as first published. */
export function firstCl100kPieceEnd(text: string, start: number): number {
  return cl100kEnd(text, start, LINES);
}

function cl100kEnd(text: string, start: number, space: WhiteSpace): number {
  const unit = text.charCodeAt(start);
  if (unit === APOSTROPHE) {
    const end = contractionEnd(text, start, true); // '(?i:[sdmt]|ll|ve|re)
    if (end > start) return end;
  }
  const kind = classAt(text, start);
  if ((kind & LETTER) !== 0) return runEnd(text, start, LETTER); // \p{L}++
  if ((kind & NUMBER) !== 0) return numberEnd(text, start); // \p{N}{1,3}+
  const next = start + 1 + (kind >>> 7);
  if ((kind & NEWLINE) === 0 && (classAt(text, next) & LETTER) !== 0) {
    return runEnd(text, next, LETTER); // [^\r\n\p{L}\p{N}]\p{L}++
  }
  const first = unit === BLANK ? next : start;
  const signs = runEnd(text, first, SYMBOL);
  if (signs > first) return runEnd(text, signs, NEWLINE); //  ?[^\s\p{L}\p{N}]++[\r\n]*+
  return whiteSpaceEnd(text, start, space);
}

/** The pieces of o200k_base. */
export function o200kPieceEnd(text: string, start: number): number {
  const kind = classAt(text, start);
  // [^\r\n\p{L}\p{N}]? is tried first with a character, then without.
  const prefix = (kind & (LETTER | NUMBER | NEWLINE)) === 0;
  const next = prefix ? start + 1 + (kind >>> 7) : start;
  if (((kind | classAt(text, next)) & (UPPER | LOWER)) !== 0) {
    const word =
      lowerWordEnd(text, next) ||
      lowerWordEnd(text, start) ||
      upperWordEnd(text, next) ||
      upperWordEnd(text, start);
    if (word > 0) return contractionEnd(text, word, true); // (?i:'s|'t|'re|'ve|'m|'ll|'d)?
  }
  if ((kind & NUMBER) !== 0) return numberEnd(text, start); // \p{N}{1,3}
  const first = text.charCodeAt(start) === BLANK ? next : start;
  let end = runEnd(text, first, SYMBOL);
  if (end === first) return whiteSpaceEnd(text, start, LINES);
  while (text.charCodeAt(end) === SLASH || (classAt(text, end) & NEWLINE) !== 0) end++;
  return end; //  ?[^\s\p{L}\p{N}]+[\r\n/]*
}

/** The end of [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+ from `start`, or 0. */
function lowerWordEnd(text: string, start: number): number {
  let end = start;
  let lastOfBoth = 0; // past the last character that either half may take: the first half gives it back
  let kind = classAt(text, end);
  while ((kind & UPPER) !== 0) {
    end += 1 + (kind >>> 7);
    if ((kind & LOWER) !== 0) lastOfBoth = end;
    kind = classAt(text, end);
  }
  return (kind & LOWER) !== 0 ? runEnd(text, end, LOWER) : lastOfBoth;
}

/** The end of [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]* from `start`, or 0. */
function upperWordEnd(text: string, start: number): number {
  const end = runEnd(text, start, UPPER);
  return end > start ? runEnd(text, end, LOWER) : 0;
}

/** The end of \p{N}{1,3} from `start`, where a number stands. */
function numberEnd(text: string, start: number): number {
  let end = start;
  for (let digits = 0; digits < 3; digits++) {
    const kind = classAt(text, end);
    if ((kind & NUMBER) === 0) break;
    end += 1 + (kind >>> 7);
  }
  return end;
}

/** The end of '(?:[sdmt]|ll|ve|re) from `start`, or `start` where it does not stand. */
function contractionEnd(text: string, start: number, anyCase: boolean): number {
  if (text.charCodeAt(start) !== APOSTROPHE) return start;
  const one = letter(text, start + 1, anyCase);
  if (one === S || one === D || one === M || one === T) return start + 2;
  const two = letter(text, start + 2, anyCase);
  if (one === L && two === L) return start + 3;
  return (one === V || one === R) && two === E ? start + 3 : start;
}

const [S, D, M, T, L, V, R, E] = [0x73, 0x64, 0x6d, 0x74, 0x6c, 0x76, 0x72, 0x65];
const LONG_S = 0x17f; // ſ, an s for whoever ignores case

function letter(text: string, at: number, anyCase: boolean): number {
  const unit = text.charCodeAt(at);
  if (!anyCase) return unit;
  if (unit >= 0x41 && unit <= 0x5a) return unit + 0x20;
  return unit === LONG_S ? 0x73 : unit;
}

/** How a pattern cuts white space. */
interface WhiteSpace {
  /** \s*[\r\n]: a run that holds ends of lines ends with the last of them. */
  readonly lines: boolean;
  /** \s++$: at the end of a text the run is one piece. */
  readonly wholeAtEnd: boolean;
}

const PLAIN: WhiteSpace = { lines: false, wholeAtEnd: true };
const LINES: WhiteSpace = { lines: true, wholeAtEnd: false };
const LINES_AND_END: WhiteSpace = { lines: true, wholeAtEnd: true };

/** The end of a piece of white space from `start`, where some stands; each such character is one unit. */
function whiteSpaceEnd(text: string, start: number, { lines, wholeAtEnd }: WhiteSpace): number {
  let end = start;
  let lastLine = 0;
  for (;;) {
    const kind = classAt(text, end);
    if ((kind & SPACE) === 0) break;
    end++;
    if ((kind & NEWLINE) !== 0) lastLine = end;
  }
  if (wholeAtEnd && end === text.length) return end;
  if (lines && lastLine > 0) return lastLine;
  // \s+(?!\S): all but the last, which goes with the word that follows; but at least one.
  return end === text.length || end === start + 1 ? end : end - 1;
}
