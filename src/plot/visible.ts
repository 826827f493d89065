/**
 * A token with its spaces made visible: " cat" reads "␣cat", a line break "⏎".
 *
 * Source:  https://www.unicode.org/charts/PDF/U2400.pdf
 * Chapter: notebooks/00-start.ipynb
 */
import { DataError } from "../core/errors.ts";
import { names } from "./expect.ts";

const signs: Readonly<Record<string, string>> = {
  " ": "␣",
  "\n": "⏎",
  "\r": "␍",
  "\t": "⇥",
  "\u00A0": "⍽",
  "\u3000": "␣␣",
};

/** The token with a sign for each space, tab and line break, and code numbers for what has no sign at all. */
export function visible(token: string): string {
  return token
    .replace(/[ \n\r\t\u00A0\u3000]/g, (space) => signs[space] ?? space)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (unseen) => `<${codePoint(unseen)}>`);
}

/** The tokens of a strip made visible; throws a `DataError` for more than `most`, and for an empty one. */
export function visibleTokens(who: string, tokens: readonly string[], most: number): string[] {
  names(who, tokens);
  if (tokens.length > most)
    throw new DataError(
      `${who}: expected at most ${String(most)} tokens, got ${String(tokens.length)}; draw a part`,
    );
  return tokens.map(visible);
}

/** The name as it is, unless spaces at its ends or unseen letters would get lost. */
export function visibleName(name: string): string {
  return name.trim() === name && !/\p{C}/u.test(name) ? name : visible(name);
}

function codePoint(letter: string): string {
  return (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, "0");
}
