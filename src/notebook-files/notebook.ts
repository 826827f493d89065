/**
 * A notebook file in memory, and the way from and to its text.
 *
 * On disk long strings are lists of lines, so that `git diff` shows the line that changed; in memory
 * they are plain strings. The text written is byte for byte what JupyterLab writes when it saves:
 * sorted keys, one space of indent, a final newline.
 *
 * Source:  https://nbformat.readthedocs.io/en/latest/format_description.html
 * Chapter: notebooks/00-start.ipynb
 */
import { DataError } from "../core/errors.ts";

/** JSON whose form the format leaves open. */
export type Metadata = Readonly<Record<string, unknown>>;

/** MIME type to content: a string, or an object for JSON types. */
export type Bundle = Readonly<Record<string, unknown>>;

export type Output =
  | { readonly output_type: "stream"; readonly name: string; readonly text: string }
  | { readonly output_type: "display_data"; readonly data: Bundle; readonly metadata: Metadata }
  | {
      readonly output_type: "execute_result";
      readonly data: Bundle;
      readonly metadata: Metadata;
      readonly execution_count: number | null;
    }
  | {
      readonly output_type: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

export interface TextCell {
  readonly cell_type: "markdown" | "raw";
  readonly id?: string;
  readonly metadata: Metadata;
  readonly source: string;
  /** Pictures pasted into the cell, by name. */
  readonly attachments?: Readonly<Record<string, Bundle>>;
}

export interface CodeCell {
  readonly cell_type: "code";
  readonly id?: string;
  readonly metadata: Metadata;
  readonly source: string;
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
}

export type Cell = TextCell | CodeCell;

export interface Notebook {
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly metadata: Metadata;
  readonly cells: readonly Cell[];
}

/**
 * The notebook that this text holds; `name` names it in errors.
 *
 * Throws `DataError` when the text is no JSON, no notebook, or of a format before 4.
 */
export function parseNotebook(text: string, name: string): Notebook {
  const file = parseJson(text, name);
  if (!isRecord(file) || !Array.isArray(file.cells) || file.nbformat !== 4) {
    const got = isRecord(file) ? `nbformat ${JSON.stringify(file.nbformat)}` : "no object";
    throw new DataError(
      `${name}: expected a notebook of format 4, got ${got}. Open and save it in JupyterLab`,
    );
  }
  const cells = file.cells.map((cell: unknown, i) => {
    if (isCell(cell)) return joinLines(cell) as Cell;
    throw new DataError(
      `${name}: expected cell ${i + 1} to be code, markdown or raw with a source, got ${JSON.stringify(cell)?.slice(0, 60)}`,
    );
  });
  return {
    nbformat: 4,
    nbformat_minor: typeof file.nbformat_minor === "number" ? file.nbformat_minor : 0,
    metadata: isRecord(file.metadata) ? file.metadata : {},
    cells,
  };
}

/** The text of a notebook file, as JupyterLab would write it. */
export function printNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => splitLines(cell));
  return `${JSON.stringify(sortKeys({ ...notebook, cells }), null, 1)}\n`;
}

/** Is this JSON value an object with names (no list, not null)? */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DataError(`${name}: expected the JSON of a notebook, got text that is no JSON`, {
      cause: error,
    });
  }
}

function isCell(cell: unknown): boolean {
  return (
    isRecord(cell) &&
    ["code", "markdown", "raw"].includes(String(cell.cell_type)) &&
    (typeof cell.source === "string" || Array.isArray(cell.source)) &&
    (cell.cell_type !== "code" || Array.isArray(cell.outputs))
  );
}

/** Fields that the format lets be a list of lines; a bundle's contents come beside them. */
const TEXT_FIELDS = ["source", "text"];

function joinLines(value: unknown): unknown {
  return mapTexts(value, (content) =>
    Array.isArray(content) && content.every((line) => typeof line === "string")
      ? content.join("")
      : content,
  );
}

function splitLines(value: unknown): unknown {
  return mapTexts(value, (content) =>
    // The ends of lines that Python's str.splitlines knows: JupyterLab's server cuts there.
    typeof content === "string"
      ? (content.match(
          /(?:(?!\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])[^])*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^]+$/g,
        ) ?? [])
      : content,
  );
}

/** Changes the texts of a cell and of its outputs: `source`, `text`, and what bundles hold as text. */
function mapTexts(cell: unknown, change: (content: unknown) => unknown): unknown {
  if (!isRecord(cell)) return cell;
  return Object.fromEntries(
    Object.entries(cell).map(([key, value]): [string, unknown] => {
      if (TEXT_FIELDS.includes(key)) return [key, change(value)];
      if (key === "outputs" && Array.isArray(value)) {
        return [key, value.map((output) => mapTexts(output, change))];
      }
      if (key === "data" && isRecord(value)) return [key, mapBundle(value, change)];
      return [key, value];
    }),
  );
}

function mapBundle(bundle: Bundle, change: (content: unknown) => unknown): Bundle {
  return Object.fromEntries(
    Object.entries(bundle).map(([mime, content]) => [
      mime,
      isTextType(mime) ? change(content) : content,
    ]),
  );
}

function isTextType(mime: string): boolean {
  return mime.startsWith("text/") || ["image/svg+xml", "application/javascript"].includes(mime);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key])]),
  );
}
