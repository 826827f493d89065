import { describe, expect, test } from "vitest";

import { normalForm } from "../../src/notebook-files/normal-form.ts";
import { codeCell, notebookOf, printed, textCell } from "./small-notebook.ts";

describe("normalForm", () => {
  test("names the kernel, the language and format 4.5, and keeps other metadata", () => {
    const old = {
      ...notebookOf(),
      nbformat_minor: 2,
      metadata: {
        title: "Start",
        kernelspec: { name: "deno", display_name: "Deno", language: "typescript" },
        language_info: { name: "typescript", version: "5.0.4", file_extension: ".ts" },
        signature: "sha256:1",
      },
    };

    expect(normalForm(old)).toEqual({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {
        title: "Start",
        kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" },
        language_info: { name: "typescript", version: "5.0.4", file_extension: ".ts" },
      },
      cells: [],
    });
  });

  test("takes the session out of cells and leaves tags and grading", () => {
    const metadata = {
      tags: ["varies"],
      nbgrader: { grade: true },
      execution: { "iopub.status.idle": "2026" },
      ExecuteTime: {},
      collapsed: true,
      scrolled: "auto",
      trusted: true,
      jupyter: { outputs_hidden: true, source_hidden: true },
    };
    const cells = [codeCell("", { metadata }), textCell("", { metadata })];

    for (const cell of normalForm(notebookOf(...cells)).cells) {
      expect(cell.metadata).toEqual({
        tags: ["varies"],
        nbgrader: { grade: true },
        jupyter: { source_hidden: true },
      });
    }
  });

  test("drops the jupyter metadata when only hidden outputs were in it", () => {
    const cell = codeCell("", { metadata: { jupyter: { outputs_hidden: true } } });

    expect(normalForm(notebookOf(cell)).cells[0]?.metadata).toEqual({});
  });

  test("counts executed cells 1, 2, 3 and their results with them, others null", () => {
    const result = (count: number) => ({
      output_type: "execute_result" as const,
      data: { "text/plain": "1" },
      metadata: {},
      execution_count: count,
    });
    const notebook = notebookOf(
      codeCell("a", { id: "a", execution_count: 7, outputs: [result(7)] }),
      codeCell("b", { id: "b" }),
      textCell("text"),
      codeCell("c", { id: "d", execution_count: 3, outputs: [result(3)] }),
    );

    const cells = normalForm(notebook).cells.filter((cell) => cell.cell_type === "code");
    expect(cells.map((cell) => cell.execution_count)).toEqual([1, null, 2]);
    expect(cells.flatMap((cell) => cell.outputs)).toEqual([result(1), result(2)]);
  });

  test("keeps ids and gives one to cells without, with a bad one, or with another's", () => {
    const cells = [
      textCell("a", { id: "own" }),
      textCell("b", { id: undefined }),
      textCell("b", { id: undefined }),
      textCell("c", { id: "no space" }),
      textCell("d", { id: "own" }),
    ];

    const ids = normalForm(notebookOf(...cells)).cells.map((cell) => cell.id ?? "");
    expect(ids[0]).toBe("own");
    expect(new Set(ids).size).toBe(5);
    for (const id of ids.slice(1)) expect(id).toMatch(/^[0-9a-f]{8}$/);
    expect(normalForm(notebookOf(...cells)).cells.map((cell) => cell.id)).toEqual(ids);
  });

  test("merges streams and hides folders of the machine", () => {
    const cell = codeCell("f()", {
      execution_count: 1,
      outputs: [printed("at /home/ada/"), printed("glassbox/src/a.ts")],
    });

    const places = [{ folder: "/home/ada/glassbox", shown: "." }];
    expect(normalForm(notebookOf(cell), places).cells[0]).toMatchObject({
      outputs: [printed("at ./src/a.ts")],
    });
  });

  test("changes nothing the second time", () => {
    const notebook = notebookOf(
      textCell("a", { id: undefined, metadata: { collapsed: true } }),
      codeCell("b", { id: undefined, execution_count: 4, outputs: [printed("1"), printed("2")] }),
    );

    const once = normalForm(notebook);
    expect(normalForm(once)).toEqual(once);
    expect(once).not.toEqual(notebook);
  });
});
