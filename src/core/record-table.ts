/**
 * An array of records as a table: in HTML for notebooks, in aligned text for terminals and diffs.
 *
 * Source:  https://html.spec.whatwg.org/multipage/tables.html
 * Chapter: notebooks/00-start.ipynb
 */
import { inspect } from "node:util";

/** A row: what stands in each column. */
export type Row = Readonly<Record<string, unknown>>;

/** The most rows and columns that are shown; a line says how many there are. */
const MOST_ROWS = 50;
const MOST_COLUMNS = 20;

/** The longest text of a cell, in characters. */
const LONGEST = 60;

/** Digits of a number that is not whole: six tell float32 values apart. */
const DIGITS = 6;

/** Is this an array of plain objects, each with at least one field? */
export function isRecords(value: unknown): value is readonly Row[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRow);
}

/** The rows as an HTML table and as aligned lines of text. */
export function recordTable(rows: readonly Row[]): {
  readonly html: string;
  readonly text: string;
} {
  const shown = rows.slice(0, MOST_ROWS);
  const keys = [...new Set(shown.flatMap((row) => Object.keys(row)))];
  const columns = keys.slice(0, MOST_COLUMNS);
  const cells = shown.map((row) => columns.map((column) => cellText(read(row, column))));
  const numeric = columns.map((column) =>
    shown.every((row) => ["undefined", "number"].includes(typeof read(row, column))),
  );
  const rest = [
    rows.length > shown.length ? `${shown.length} of ${rows.length} rows` : "",
    keys.length > columns.length ? `${columns.length} of ${keys.length} columns` : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
  return { html: html(columns, cells, numeric, rest), text: text(columns, cells, numeric, rest) };
}

function isRow(value: unknown): value is Row {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.keys(value).length > 0;
}

/** The value of a field; a getter is code, which showing a table does not run. */
function read(row: Row, column: string): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(row, column);
  return descriptor?.get === undefined ? descriptor?.value : "[Getter]";
}

function cellText(value: unknown): string {
  if (value === undefined) return "";
  const whole =
    typeof value === "number"
      ? String(Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS)))
      : typeof value === "string"
        ? value
        : inspect(value, { depth: 1, breakLength: Infinity });
  const line = whole.replace(/\s*\n\s*/g, " ⏎ ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

function html(
  columns: readonly string[],
  cells: readonly (readonly string[])[],
  numeric: readonly boolean[],
  rest: string,
): string {
  const align = (i: number): string =>
    ` style="text-align: ${numeric[i] === true ? "right" : "left"}"`;
  const line = (tag: string, list: readonly string[]): string =>
    `<tr>${list.map((cell, i) => `<${tag}${align(i)}>${escaped(cell)}</${tag}>`).join("")}</tr>`;
  const body = cells.map((row) => line("td", row)).join("\n");
  const note = rest === "" ? "" : `\n<p>${rest}</p>`;
  return `<table>\n<thead>${line("th", columns)}</thead>\n<tbody>\n${body}\n</tbody>\n</table>${note}`;
}

function text(
  columns: readonly string[],
  cells: readonly (readonly string[])[],
  numeric: readonly boolean[],
  rest: string,
): string {
  const lines = [columns, ...cells];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const aligned = lines.map((line) =>
    line
      .map((cell, i) =>
        numeric[i] === true ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return [...aligned, ...(rest === "" ? [] : [rest])].join("\n");
}

function escaped(cell: string): string {
  return cell.replace(/[&<>"]/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}
