/**
 * An array of records as a table: one row a record, one column a key.
 *
 * Source:  https://developer.mozilla.org/docs/Web/API/console/table_static
 * Chapter: notebooks/00-start.ipynb
 */
import { inspect } from "node:util";

/** More rows than this make a notebook heavy and are not read. */
const ROWS = 50;
const COLUMNS = 20;

/** The table as HTML, or undefined when the value is no array of plain records. */
export function recordTable(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const rows = (value as unknown[]).slice(0, ROWS);
  if (!rows.every(isRecord)) return undefined;
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (keys.length === 0) return undefined;
  const columns = keys.slice(0, COLUMNS);
  const head = ["", ...columns].map((key) => `<th>${escape(key)}</th>`).join("");
  const body = rows
    .map((row, index) => {
      const cells = columns.map((key) => `<td>${escape(cellText(row[key]))}</td>`).join("");
      return `<tr><th>${index}</th>${cells}</tr>`;
    })
    .join("\n");
  const more = [
    value.length > ROWS ? `${value.length - ROWS} more rows` : "",
    keys.length > COLUMNS ? `${keys.length - COLUMNS} more columns` : "",
  ].filter((part) => part !== "");
  const note = more.length > 0 ? `<p>… ${more.join(", ")}</p>` : "";
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>${note}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function cellText(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : inspect(value, { depth: 1, breakLength: Infinity });
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
