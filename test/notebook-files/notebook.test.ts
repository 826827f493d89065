import { describe, expect, test } from "vitest";

import { DataError } from "../../src/core/errors.ts";
import { parseNotebook, printNotebook } from "../../src/notebook-files/notebook.ts";
import type { Output } from "../../src/notebook-files/notebook.ts";
import { codeCell, notebookOf, printed, textCell } from "./small-notebook.ts";

const picture: Output = {
  output_type: "display_data",
  data: {
    "text/plain": "bars\nof letters",
    "image/png": "aGk=",
    "application/vnd.vegalite.v5+json": { mark: "bar", data: { values: ["a\nb"] } },
  },
  metadata: {},
};

const failure: Output = {
  output_type: "error",
  ename: "TypeError",
  evalue: "x is not a function\nsecond line",
  traceback: ["TypeError: x", "  at cell-1.ts:1\n  at cell-1.ts:2"],
};

describe("printNotebook", () => {
  test("writes sorted keys, one space of indent, lines as a list, and a final newline", () => {
    const text = printNotebook(
      notebookOf(textCell("# Title\n\nText é.", { id: "a" }), codeCell("", { id: "b" })),
    );

    expect(text).toBe(`{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "a",
   "metadata": {},
   "source": [
    "# Title\\n",
    "\\n",
    "Text é."
   ]
  },
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "b",
   "metadata": {},
   "outputs": [],
   "source": []
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`);
  });

  test("cuts texts of outputs into lines, but neither JSON, pictures nor tracebacks", () => {
    const cell = codeCell("f()", { outputs: [printed("1\n2\n"), picture, failure] });
    const file = JSON.parse(printNotebook(notebookOf(cell))) as {
      cells: { outputs: unknown[] }[];
    };

    expect(file.cells[0]?.outputs).toEqual([
      { output_type: "stream", name: "stdout", text: ["1\n", "2\n"] },
      {
        output_type: "display_data",
        data: {
          "text/plain": ["bars\n", "of letters"],
          "image/png": "aGk=",
          "application/vnd.vegalite.v5+json": { mark: "bar", data: { values: ["a\nb"] } },
        },
        metadata: {},
      },
      failure,
    ]);
  });

  test("cuts where Python cuts: carriage returns and form feeds end a line too", () => {
    const cell = codeCell("", { outputs: [printed("10 %\r20 %\r\nend\fpage")] });

    expect(printNotebook(notebookOf(cell))).toContain(
      '["10 %\\r", "20 %\\r\\n", "end\\f", "page"]'.replaceAll(/\[|\]|, /g, (mark) =>
        mark === ", " ? ",\n      " : mark === "[" ? "[\n      " : "\n     ]",
      ),
    );
  });
});

describe("parseNotebook", () => {
  test("is the way back: a notebook with every kind of output survives the round trip", () => {
    const notebook = notebookOf(
      textCell("# A\r\nb\u2028c\n", { attachments: { "a.png": { "image/png": "aGk=" } } }),
      codeCell("let x = 1;\nx", {
        execution_count: 3,
        metadata: { tags: ["varies"] },
        outputs: [
          printed("\n\n  a\n"),
          picture,
          failure,
          {
            output_type: "execute_result",
            data: { "text/plain": "1", "text/html": "<b>1</b>\n" },
            metadata: {},
            execution_count: 3,
          },
        ],
      }),
    );

    expect(parseNotebook(printNotebook(notebook), "a.ipynb")).toEqual(notebook);
  });

  test("reads texts that are strings as well as lists of lines", () => {
    const text = JSON.stringify({
      nbformat: 4,
      nbformat_minor: 4,
      metadata: {},
      cells: [{ cell_type: "raw", metadata: {}, source: "a\nb" }],
    });

    expect(parseNotebook(text, "a.ipynb").cells[0]?.source).toBe("a\nb");
  });

  test.each([
    ["{", "a.ipynb: expected the JSON of a notebook, got text that is no JSON"],
    [
      "[]",
      "a.ipynb: expected a notebook of format 4, got no object. Open and save it in JupyterLab",
    ],
    [
      '{"nbformat":3,"cells":[]}',
      "a.ipynb: expected a notebook of format 4, got nbformat 3. Open and save it in JupyterLab",
    ],
    [
      '{"nbformat":4,"cells":[{"cell_type":"heading","source":""}]}',
      'a.ipynb: expected cell 1 to be code, markdown or raw with a source, got {"cell_type":"heading","source":""}',
    ],
    [
      '{"nbformat":4,"cells":[{"cell_type":"code","source":"f()"}]}',
      'a.ipynb: expected cell 1 to be code, markdown or raw with a source, got {"cell_type":"code","source":"f()"}',
    ],
  ])("refuses %s", (text, message) => {
    expect(() => parseNotebook(text, "a.ipynb")).toThrow(new DataError(message));
  });
});
