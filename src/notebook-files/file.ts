/**
 * Notebook files on disk: which there are, and their text in the project's form.
 *
 * Source:  https://nodejs.org/api/fs.html#fspromisesreaddirpath-options
 * Chapter: notebooks/00-start.ipynb
 */
import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

import { packageRoot } from "../core/package-root.ts";
import { formatCode } from "./cell-code.ts";
import { normalForm } from "./normal-form.ts";
import { parseNotebook, printNotebook } from "./notebook.ts";
import type { Cell, Notebook } from "./notebook.ts";
import type { Place } from "./outputs.ts";

/** The paths of all notebooks below a folder, in order; what JupyterLab keeps for itself is left out. */
export async function notebooksBelow(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith(".ipynb") && !name.includes(".ipynb_checkpoints"))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * The text of a notebook file in the project's form: code formatted, metadata and outputs normal.
 *
 * Cells tagged `raises-exception` keep their code as it is: it may not even parse, on purpose.
 * `path` names the file in errors and decides which prettier configuration holds. Throws `DataError`.
 */
export async function formatNotebook(text: string, path: string): Promise<string> {
  const { resolveConfig } = await import("prettier");
  const style = (await resolveConfig(path)) ?? {};
  const notebook = parseNotebook(text, path);
  const cells: Cell[] = [];
  for (const [i, cell] of notebook.cells.entries()) {
    const name = `${path}, cell ${i + 1}`;
    cells.push(
      cell.cell_type === "code" && !hasTag(cell, "raises-exception")
        ? { ...cell, source: await formatCode(cell.source, name, style) }
        : cell,
    );
  }
  return printNotebook(normalForm({ ...notebook, cells }, privatePlaces()));
}

/** The folders that no output may name: the project's and the reader's home. */
export function privatePlaces(): readonly Place[] {
  return [
    { folder: packageRoot(), shown: "." },
    { folder: homedir(), shown: "~" },
  ];
}

/** Does the cell carry this tag in its metadata? */
export function hasTag(cell: Notebook["cells"][number], tag: string): boolean {
  const { tags } = cell.metadata;
  return Array.isArray(tags) && tags.includes(tag);
}
