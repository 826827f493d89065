/**
 * A token strip: the words of a text as boxes, coloured by a number each, with the number below.
 *
 * Spaces and line breaks are made visible, since to a model they are letters like others.
 *
 * Source:  the idea of GLTR, Gehrmann et al. (2019), https://arxiv.org/abs/1906.04043
 * Chapter: notebooks/00-start.ipynb
 */
import { chart, type Chart } from "./chart.ts";
import { finiteNumbers, sameLength } from "./expect.ts";
import { formatFor, rounded } from "./numbers.ts";
import { fillFor } from "./palette.ts";
import { MOST_TOKENS, stripBody } from "./token-layers.ts";
import { tokensAlt } from "./tokens-words.ts";
import { visibleTokens } from "./visible.ts";

export interface TokensOptions {
  /** What the numbers are, such as "probability". */
  readonly value: string;
  /** A sentence that says what is seen. Default: computed from the data. */
  readonly title?: string;
  /** The values of the lightest and the darkest box. Default: 0 and the largest, or even on both sides of 0. */
  readonly domain?: readonly [number, number];
}

/** The strip of `tokens`, coloured by `values`; throws a `ShapeError` unless each token has its value. */
export function tokenStrip(
  tokens: readonly string[],
  values: ArrayLike<number>,
  options: TokensOptions,
): Chart {
  const words = visibleTokens("tokenStrip", tokens, MOST_TOKENS);
  sameLength("tokenStrip values", values, tokens.length, "token");
  const numbers = finiteNumbers("tokenStrip values", values);
  const body = stripBody({
    words,
    fields: numbers.map((v) => ({ v: rounded(v) })),
    value: options.value,
    fill: fillFor(numbers, options.domain),
    format: boxFormat(numbers),
  });
  const about = tokensAlt(words, numbers, options.value);
  const title = options.title ?? about.title;
  return chart(title, body, `Token strip: ${title}. ${about.alt}`);
}

/** Two digits behind the point are as many as a small box holds. */
function boxFormat(numbers: readonly number[]): string {
  const small = numbers.every((number) => Math.abs(number) < 100);
  return formatFor(numbers) === ",d" ? ",d" : small ? ".2f" : ",.0f";
}
