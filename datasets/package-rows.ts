/**
 * Rows of a data set that an npm package brings: found, counted and checked before anyone uses them.
 *
 * Each of these packages exports one function that reads its own files from disk. A package that is
 * missing, or whose files are, gets a sentence that says what to run.
 *
 * Source:  https://nodejs.org/api/module.html#modulecreaterequirefilename
 * Chapter: notebooks/00-start.ipynb, notebooks/01-tokens.ipynb
 */
import { createRequire } from "node:module";

import { DataError } from "../src/core/errors.ts";

/** One row as the package gives it; what is no object has no fields. */
export type RawRow = Readonly<Record<string, unknown>>;

export interface PackageRows<Row> {
  /** The function that the reader called, for messages. */
  readonly who: string;
  /** Name on npm. */
  readonly package: string;
  /** How many rows the pinned version holds: fewer come from an installation that broke off. */
  readonly count: number;
  /** What a row has, in words, for messages: "year, name, party and text". */
  readonly form: string;
  /** The row in our form, or undefined where the package's row has another form. */
  readonly parse: (row: RawRow) => Row | undefined;
}

/**
 * All rows of the package that the file at `from` (a path or file URL) would import, in its order.
 *
 * Throws `DataError` when the package is missing or damaged.
 */
export function readRows<Row>(rows: PackageRows<Row>, from: string): readonly Row[] {
  const raw = load(rows, from);
  if (!Array.isArray(raw) || raw.length !== rows.count) {
    const got = Array.isArray(raw) ? String(raw.length) : typeof raw;
    throw new DataError(
      `${rows.who}: expected ${rows.count} rows in ${rows.package}, got ${got}. Run: npm ci`,
    );
  }
  return raw.map((one: unknown, index) => {
    const row = rows.parse(Object(one) as RawRow);
    if (row === undefined) {
      throw new DataError(
        `${rows.who}: expected rows with ${rows.form} in ${rows.package}, got row ${index + 1} without. Run: npm ci`,
      );
    }
    return row;
  });
}

function load(rows: PackageRows<unknown>, from: string): unknown {
  try {
    return (createRequire(from)(rows.package) as () => unknown)();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new DataError(
      `${rows.who}: expected the npm package ${rows.package}, got "${reason}". Run: npm ci`,
      { cause: error },
    );
  }
}
