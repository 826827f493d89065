/**
 * What a token strip says in words: the text itself, and which tokens stand out.
 *
 * Source:  https://www.w3.org/WAI/tutorials/images/complex
 * Chapter: notebooks/00-start.ipynb
 */
import { count, say } from "./numbers.ts";

/** Up to so many tokens, each is read out with its number. */
const FEW = 12;

/** How many of the lowest and the highest are named in a longer text. */
const ENDS = 3;

/** The title and the alt text of a strip of visible tokens with a number each. */
export function tokensAlt(
  words: readonly string[],
  values: readonly number[],
  value: string,
): { title: string; alt: string } {
  const order = values
    .map((_, i) => i)
    .sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
  const spoken = (i: number): string => `“${words[i] ?? ""}” ${say(values[i] ?? 0)}`;
  const lowest = order[0] ?? 0;
  const mean = values.reduce((a, b) => a + b) / values.length;
  const list =
    words.length <= FEW
      ? `${words.map((_, i) => spoken(i)).join(", ")}.`
      : `Lowest: ${order.slice(0, ENDS).map(spoken).join(", ")}; highest: ${order.slice(-ENDS).reverse().map(spoken).join(", ")}. The text: ${words.join(" ")}`;
  return {
    title: `The token with the lowest ${value}: ${spoken(lowest)}`,
    alt: `${count(words.length, "token")} with their ${value}, mean ${say(mean)}. ${list}`,
  };
}
