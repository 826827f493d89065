/**
 * One form for every notebook file, so that a diff shows what the author changed and nothing else.
 *
 * Fixed: the format (4.5), the kernel's name, an id for each cell, execution counts 1, 2, 3 …, one
 * stream output where several came in a row. Taken out: times, folding, and the folders of
 * the machine the notebook ran on. Kept: everything the author wrote, ids included.
 *
 * Source:  https://nbformat.readthedocs.io/en/latest/format_description.html
 * Chapter: notebooks/00-start.ipynb
 */
import { createHash } from "node:crypto";

import { hidePaths, mergeStreams } from "./outputs.ts";
import type { Place } from "./outputs.ts";
import { isRecord } from "./notebook.ts";
import type { Cell, CodeCell, Metadata, Notebook } from "./notebook.ts";

const KERNELSPEC = { display_name: "TypeScript", language: "typescript", name: "tslab" };

/** What front ends write about one session: when it ran, what was folded, whom it trusted. */
const SESSION_METADATA = [
  "ExecuteTime",
  "collapsed",
  "execution",
  "scrolled",
  "signature",
  "trusted",
];

/** The notebook in the project's form; `places` are folders to hide in outputs. Idempotent. */
export function normalForm(notebook: Notebook, places: readonly Place[] = []): Notebook {
  const { language_info: language, ...kept } = without(notebook.metadata, SESSION_METADATA);
  const metadata: Metadata = {
    ...kept,
    kernelspec: KERNELSPEC,
    // Whole, as the kernel tells it: JupyterLab calls a notebook changed in which it differs.
    ...(isRecord(language) && { language_info: language }),
  };
  let executed = 0;
  const cells = withIds(notebook.cells).map((cell): Cell => {
    const tidy = { ...cell, metadata: cellMetadata(cell.metadata) };
    if (tidy.cell_type !== "code") return tidy;
    return normalCode(tidy, tidy.execution_count === null ? null : ++executed, places);
  });
  return { nbformat: 4, nbformat_minor: 5, metadata, cells };
}

function normalCode(cell: CodeCell, count: number | null, places: readonly Place[]): CodeCell {
  const outputs = mergeStreams(cell.outputs).map((output) => hidePaths(output, places));
  return {
    ...cell,
    execution_count: count,
    outputs: outputs.map((output) =>
      output.output_type === "execute_result" ? { ...output, execution_count: count } : output,
    ),
  };
}

/** Every cell with an id of its own: the one it has, else one made from its place and its text. */
function withIds(cells: readonly Cell[]): readonly Cell[] {
  const taken = new Set<string>();
  return cells.map((cell, i) => {
    const own = cell.id !== undefined && /^[\w-]{1,64}$/.test(cell.id) && !taken.has(cell.id);
    const id = own && cell.id !== undefined ? cell.id : newId(cell, i, taken);
    taken.add(id);
    return { ...cell, id };
  });
}

function newId(cell: Cell, position: number, taken: ReadonlySet<string>): string {
  for (let attempt = 0; ; attempt++) {
    const id = createHash("sha256")
      .update(JSON.stringify([cell.cell_type, cell.source, position, attempt]))
      .digest("hex")
      .slice(0, 8);
    if (!taken.has(id)) return id;
  }
}

function cellMetadata(metadata: Metadata): Metadata {
  const { jupyter, ...kept } = without(metadata, SESSION_METADATA);
  const folding = isRecord(jupyter) ? without(jupyter, ["outputs_hidden"]) : {};
  return Object.keys(folding).length === 0 ? kept : { ...kept, jupyter: folding };
}

function without(metadata: Metadata, keys: readonly string[]): Metadata {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !keys.includes(key)));
}
