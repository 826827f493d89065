/**
 * A strip of tokens with the id of each below: what a model is given for a text.
 *
 * An id is a name and no amount, so all boxes have one colour.
 *
 * Source:  https://platform.openai.com/tokenizer, where a text is cut into boxes
 * Chapter: notebooks/01-tokens.ipynb
 */
import { DataError } from "../core/errors.ts";
import { chart, type Chart } from "./chart.ts";
import { finiteNumbers, names, sameLength } from "./expect.ts";
import { count } from "./numbers.ts";
import { stripBody } from "./token-layers.ts";
import { visible } from "./visible.ts";

export interface IdStripOptions {
  /** A sentence that says what is seen. Default: how many tokens there are. */
  readonly title?: string;
}

/** The most boxes of one strip. */
const MOST_TOKENS = 500;

/** The strip of `tokens` with their `ids`; throws a `ShapeError` unless each token has its id, a `DataError` for more than 500. */
export function idStrip(
  tokens: readonly string[],
  ids: ArrayLike<number>,
  options: IdStripOptions = {},
): Chart {
  names("idStrip", tokens);
  if (tokens.length > MOST_TOKENS)
    throw new DataError(
      `idStrip: expected at most ${String(MOST_TOKENS)} tokens, got ${String(tokens.length)}; draw a part`,
    );
  sameLength("idStrip ids", ids, tokens.length, "token");
  const numbers = finiteNumbers("idStrip ids", ids);
  const words = tokens.map(visible);
  const fields = numbers.map((v) => ({ v }));
  const body = stripBody({ words, fields, value: "id", format: ",d" });
  const title = options.title ?? count(words.length, "token");
  const spoken = words.map((word, i) => `“${word}” ${String(numbers[i])}`).join(", ");
  return chart(title, body, `Token ids: ${title}. ${count(words.length, "token")}: ${spoken}.`);
}
