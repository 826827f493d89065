/**
 * Cuts text into pieces (words, numbers, signs, white space) that tokens never cross.
 *
 *     gpt2:  "We'll go on…"  ->  We | 'll | ␣go | ␣on | …
 *
 * Without this step byte-pair encoding would learn "dog.", "dog!" and "dog?" one by one.
 *
 * What is a letter or a digit, the running Node says (`process.versions.unicode`): a character that is
 * newer than the tables of tiktoken can be cut differently there.
 *
 * Source:  Radford et al. (2019), section 2.2; https://github.com/openai/tiktoken
 * Chapter: notebooks/01-tokens.ipynb
 */
import { expression } from "./expression.ts";
import {
  cl100kPieceEnd,
  firstCl100kPieceEnd,
  gpt2PieceEnd,
  o200kPieceEnd,
  type PieceEnd,
} from "./piece-scanners.ts";
import {
  cl100kAsFirstPublished,
  gpt2AsFirstPublished,
  publishedPatterns,
} from "./published-patterns.ts";

export type { PieceEnd };

const scanners: ReadonlyMap<string, PieceEnd> = new Map([
  ["gpt2", gpt2PieceEnd],
  [publishedPatterns.gpt2, gpt2PieceEnd],
  ...gpt2AsFirstPublished.map((pattern): [string, PieceEnd] => [pattern, gpt2PieceEnd]),
  ["cl100k_base", cl100kPieceEnd],
  [publishedPatterns.cl100k_base, cl100kPieceEnd],
  [cl100kAsFirstPublished, firstCl100kPieceEnd],
  ["o200k_base", o200kPieceEnd],
  [publishedPatterns.o200k_base, o200kPieceEnd],
]);

/**
 * How a pattern cuts text: the function that says where the piece that begins at a unit ends.
 *
 * `pattern` is "gpt2", "cl100k_base", "o200k_base", or a regular expression as tokenizer files hold it
 * (Rust's, Python's or Oniguruma's syntax); the published ones are known and run as fast as their names.
 * Text that an expression does not match is a piece of its own. Throws `ConfigError` for an expression
 * that JavaScript cannot express.
 */
export function pieceEnd(pattern: string): PieceEnd {
  return scanners.get(pattern) ?? expressionPieceEnd(pattern);
}

/** Is the pattern one of the published ones, whose pieces never depend on more than the next piece? */
export function hasScanner(pattern: string): boolean {
  return scanners.has(pattern);
}

/** The same for any regular expression, run as one: slower, and the reference for the fast ones. */
export function expressionPieceEnd(pattern: string): PieceEnd {
  const next = expression(pattern);
  return (text, start) => {
    for (let from = start; from < text.length;) {
      next.lastIndex = from;
      const match = next.exec(text);
      if (match === null) break;
      const end = match.index + match[0].length;
      if (end > match.index) return match.index > start ? match.index : end;
      from = Math.max(end, from) + 1; // an empty match is no piece
    }
    return text.length;
  };
}
