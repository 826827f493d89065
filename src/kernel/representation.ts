/**
 * How a value shows itself below a cell: as text always, and as more where it can be more.
 *
 * Source:  https://docs.deno.com/api/deno/~/Deno.jupyter for `Symbol.for("Jupyter.display")`
 * Chapter: notebooks/00-start.ipynb
 */
import { inspect } from "node:util";

import { isRecords, recordTable } from "../core/record-table.ts";
import type { MimeBundle } from "./contract.ts";

const DISPLAY = Symbol.for("Jupyter.display");

/**
 * The representations of a value; `text/plain` is what `util.inspect` prints.
 *
 * An object with a method `Symbol.for("Jupyter.display")` shows the bundle that it returns or
 * promises; an array of records is a table as well. Throws what that method or a getter throws.
 */
export async function represent(value: unknown): Promise<MimeBundle> {
  const text = inspect(value);
  const own = await ownBundle(value);
  if (own !== undefined) return { "text/plain": text, ...own };
  if (!isRecords(value)) return { "text/plain": text };
  return { "text/plain": text, "text/html": recordTable(value).html };
}

async function ownBundle(value: unknown): Promise<MimeBundle | undefined> {
  if (value === null || (typeof value !== "object" && typeof value !== "function"))
    return undefined;
  const display = (value as Record<symbol, unknown>)[DISPLAY];
  const bundle: unknown =
    typeof display === "function" ? await (display.call(value) as unknown) : display;
  return typeof bundle === "object" && bundle !== null ? (bundle as MimeBundle) : undefined;
}
