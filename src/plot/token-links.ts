/**
 * A text in which a click on a word shows what that word looks at.
 *
 * The boxes take the colours of one row of a matrix, such as attention weights: the row of the word
 * that was clicked last. The kernel is not needed; all rows are in the chart.
 *
 * Source:  the idea of BertViz, Vig (2019), https://arxiv.org/abs/1906.05714
 * Chapter: notebooks/00-start.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { chart, type Chart } from "./chart.ts";
import { finiteNumbers, sameLength } from "./expect.ts";
import { rounded } from "./numbers.ts";
import { fillFor } from "./palette.ts";
import { CLICK, stripBody } from "./token-layers.ts";
import { tokensAlt } from "./tokens-words.ts";
import { visibleTokens } from "./visible.ts";

export interface TokenLinksOptions {
  /** What the numbers are, such as "attention weight". */
  readonly value: string;
  /** A sentence that says what is seen. Default: "Click a word to see what it looks at". */
  readonly title?: string;
  /** Which word is chosen at first, counted from 0. Default: the last. */
  readonly start?: number;
}

/** The most words: the chart holds all pairs. */
const MOST_WORDS = 48;

/** The strip of `tokens` whose colours are row `chosen` of `weights[chosen][token]`; throws a `ShapeError` unless the matrix is square over the tokens. */
export function tokenLinks(
  tokens: readonly string[],
  weights: ArrayLike<ArrayLike<number>>,
  options: TokenLinksOptions,
): Chart {
  const words = visibleTokens("tokenLinks", tokens, MOST_WORDS);
  sameLength("tokenLinks weights", weights, tokens.length, "token");
  const rows = Array.from(weights, (row, i) => {
    sameLength(`tokenLinks row ${String(i)}`, row, tokens.length, "token");
    return finiteNumbers(`tokenLinks row ${String(i)}`, row);
  });
  const { start = tokens.length - 1, value } = options;
  const startRow = rows[start];
  if (startRow === undefined)
    throw new ConfigError(
      `tokenLinks: expected start between 0 and ${String(tokens.length - 1)}, got ${String(start)}; tokens count from 0`,
    );

  const chosen = `(isValid(${CLICK}.k) ? ${CLICK}.k[0] : ${String(start)})`;
  const body = stripBody({
    words,
    fields: tokens.map((_, k) => ({ k, row: rows.map((row) => rounded(row[k] ?? 0)) })),
    value,
    fill: fillFor(rows.flat()),
    format: ".2f",
    chosen: `datum.k === ${chosen}`,
    transform: [{ calculate: `datum.row[${chosen}]`, as: "v" }],
  });
  const title = options.title ?? "Click a word to see what it looks at";
  const shown = `Shown: what “${words[start] ?? ""}”, token ${String(start)}, looks at.`;
  return chart(
    title,
    body,
    `Token strip: ${title}. ${shown} ${tokensAlt(words, startRow, value).alt}`,
  );
}
