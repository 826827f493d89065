/**
 * A strip of tokens with the id of each below: what a model is given for a text.
 *
 * An id is a name and no amount, so all boxes have one colour.
 *
 * Source:  https://platform.openai.com/tokenizer, where a text is cut into boxes
 * Chapter: notebooks/01-tokens.ipynb
 */
import { chart, type Chart } from "./chart.ts";
import { finiteNumbers, sameLength } from "./expect.ts";
import { count } from "./numbers.ts";
import { MOST_TOKENS, stripBody } from "./token-layers.ts";
import { visibleTokens } from "./visible.ts";

export interface IdStripOptions {
  /** A sentence that says what is seen. Default: how many tokens there are. */
  readonly title?: string;
}

/** The strip of `tokens` with their `ids`; throws a `ShapeError` unless each token has its id, a `DataError` for more than 500. */
export function idStrip(
  tokens: readonly string[],
  ids: ArrayLike<number>,
  options: IdStripOptions = {},
): Chart {
  const words = visibleTokens("idStrip", tokens, MOST_TOKENS);
  sameLength("idStrip ids", ids, tokens.length, "token");
  const numbers = finiteNumbers("idStrip ids", ids);
  const fields = numbers.map((v) => ({ v }));
  const body = stripBody({ words, fields, value: "id", format: ",d" });
  const title = options.title ?? count(words.length, "token");
  const spoken = words.map((word, i) => `“${word}” ${String(numbers[i])}`).join(", ");
  return chart(title, body, `Token ids: ${title}. ${count(words.length, "token")}: ${spoken}.`);
}
