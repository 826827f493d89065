/**
 * Where the outputs of two runs of one notebook differ, in sentences.
 *
 * Source:  https://nbval.readthedocs.io/en/latest/
 * Chapter: notebooks/00-start.ipynb
 */
import { hasTag } from "./file.ts";
import { isRecord } from "./notebook.ts";
import type { CodeCell, Notebook, Output } from "./notebook.ts";

/** Letters of each side that a sentence shows. */
const SHOWN = 60;

/**
 * One sentence for each cell whose outputs differ from the stored ones: the first difference in it.
 *
 * Both notebooks are in normal form and have the same cells. Cells tagged `varies`, which show times
 * or what the reader does, are not compared.
 */
export function differences(stored: Notebook, fresh: Notebook): readonly string[] {
  return stored.cells.flatMap((cell, i) => {
    const other = fresh.cells[i];
    if (cell.cell_type !== "code" || other?.cell_type !== "code" || hasTag(cell, "varies")) {
      return [];
    }
    const difference = cellDifference(cell, other);
    return difference === undefined ? [] : [`cell ${i + 1}${difference}`];
  });
}

function cellDifference(stored: CodeCell, fresh: CodeCell): string | undefined {
  const length = Math.max(stored.outputs.length, fresh.outputs.length);
  for (let i = 0; i < length; i++) {
    const [expected, got] = [stored.outputs[i], fresh.outputs[i]];
    const place = `, output ${i + 1}`;
    if (expected === undefined) return `${place}: stored none, got ${kind(got)}`;
    if (got === undefined) return `${place}: stored ${kind(expected)}, got none`;
    const path = firstDifference(expected, got);
    if (path !== undefined) return `${place}${path}`;
  }
  return undefined;
}

function kind(output: Output | undefined): string {
  return output?.output_type ?? "none";
}

/** " data text/plain: stored …, got …" at the first place where two JSON values differ. */
function firstDifference(stored: unknown, got: unknown): string | undefined {
  if (stored === got) return undefined;
  if (Array.isArray(stored) && Array.isArray(got)) {
    return firstDifference(Object.fromEntries(stored.entries()), Object.fromEntries(got.entries()));
  }
  if (isRecord(stored) && isRecord(got)) {
    // What an output counts as is no content: counts follow from the cells before.
    for (const key of new Set([...Object.keys(stored), ...Object.keys(got)])) {
      if (key === "execution_count") continue;
      const below = firstDifference(stored[key], got[key]);
      if (below !== undefined && key.startsWith("image/")) return ` ${key}: another picture`;
      if (below !== undefined) return ` ${key}${below}`;
    }
    return undefined;
  }
  if (typeof stored === "string" && typeof got === "string") {
    let at = 0;
    while (stored[at] === got[at]) at++;
    const from = Math.max(0, at - SHOWN / 3);
    return `: stored ${short(stored.slice(from))}, got ${short(got.slice(from))}`;
  }
  return `: stored ${short(stored)}, got ${short(got)}`;
}

function short(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}
