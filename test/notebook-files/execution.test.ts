import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { DataError } from "../../src/core/errors.ts";
import { runNotebook } from "../../src/notebook-files/execution.ts";
import type { Cell, CodeCell, Notebook } from "../../src/notebook-files/notebook.ts";
import { built } from "./built.ts";
import { codeCell, notebookOf, printed, textCell } from "./small-notebook.ts";

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "run-")));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const command = [process.execPath, built("src/kernel/main"), "{connection_file}"];

async function runCells(...cells: Cell[]): Promise<Notebook> {
  return runNotebook(notebookOf(...cells), { folder, name: "a.ipynb", command });
}

const failing = { metadata: { tags: ["raises-exception"] } };

// Each start of a kernel takes seconds when both cores are busy.
describe("runNotebook", { timeout: 60_000 }, () => {
  test("runs cells in order in one kernel and keeps what each shows", async () => {
    const numbers: string[] = [];
    const run = await runNotebook(
      notebookOf(
        textCell("# A"),
        codeCell("let x = 2;\nconsole.log(1);\nconsole.log(2);", { outputs: [printed("old")] }),
        codeCell("  \n", { execution_count: 9, outputs: [printed("old")] }),
        codeCell("x + 1"),
        codeCell("x;"),
      ),
      { folder, name: "a.ipynb", command, onCell: (...n) => numbers.push(n.join(" of ")) },
    );
    const cells = run.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");

    expect(cells.map((cell) => cell.outputs)).toEqual([
      [printed("1\n2\n")],
      [],
      [
        {
          output_type: "execute_result",
          data: { "text/plain": "3" },
          metadata: {},
          execution_count: 2,
        },
      ],
      [],
    ]);
    expect(cells.map((cell) => cell.execution_count)).toEqual([1, null, 2, 3]);
    expect(numbers).toEqual(["1 of 5", "2 of 5", "3 of 5", "4 of 5", "5 of 5"]);
    expect(run.metadata.language_info).toMatchObject({ name: "typescript", file_extension: ".ts" });
  });

  test("runs in the notebook's folder, and nobody answers its questions", async () => {
    const run = await runCells(
      codeCell("process.cwd()"),
      codeCell('await input("name?")', failing),
    );

    expect(run.cells[0]).toMatchObject({ outputs: [{ data: { "text/plain": `'${folder}'` } }] });
    expect(run.cells[1]).toMatchObject({ outputs: [{ output_type: "error" }] });
  });

  test("stops at a cell that fails, with its name and reason", async () => {
    await expect(
      runCells(codeCell("1"), codeCell('throw new RangeError("too far")')),
    ).rejects.toThrow(
      new DataError("a.ipynb, cell 2: expected it to run, got RangeError: too far"),
    );
  });

  test("keeps the error of a cell that must fail, and goes on", async () => {
    const run = await runCells(codeCell('throw new Error("on purpose")', failing), codeCell("7"));

    expect(run.cells[0]).toMatchObject({
      outputs: [{ output_type: "error", ename: "Error", evalue: "on purpose" }],
    });
    expect(run.cells[1]).toMatchObject({ outputs: [{ data: { "text/plain": "7" } }] });
  });

  test("refuses a cell that must fail and does not", async () => {
    await expect(runCells(codeCell("1", failing))).rejects.toThrow(
      new DataError(
        "a.ipynb, cell 1: expected an error, as its tag raises-exception says, got none",
      ),
    );
  });

  test("names the cell whose kernel ended", async () => {
    await expect(runCells(codeCell('process.kill(process.pid, "SIGKILL");\n1'))).rejects.toThrow(
      new DataError(
        'a.ipynb, cell 1: expected a kernel that answers, got "the kernel ended: exit code SIGKILL"',
      ),
    );
  });
});
