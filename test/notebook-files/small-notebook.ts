import type { CodeCell, Notebook, Output, TextCell } from "../../src/notebook-files/notebook.ts";

/** A code cell that has an id and was never run, unless `fields` say otherwise. */
export function codeCell(source: string, fields: Partial<CodeCell> = {}): CodeCell {
  return {
    cell_type: "code",
    id: "c",
    metadata: {},
    source,
    execution_count: null,
    outputs: [],
    ...fields,
  };
}

/** A Markdown cell. */
export function textCell(source: string, fields: Partial<TextCell> = {}): TextCell {
  return { cell_type: "markdown", id: "t", metadata: {}, source, ...fields };
}

/** A notebook of these cells, without metadata. */
export function notebookOf(...cells: Notebook["cells"]): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

/** What a cell printed to stdout. */
export function printed(text: string): Output {
  return { output_type: "stream", name: "stdout", text };
}
