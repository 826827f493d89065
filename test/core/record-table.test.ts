import { expect, test } from "vitest";

import { isRecords, recordTable } from "../../src/core/record-table.ts";

test("a table has numbers to the right, columns of all rows, and signs of HTML as letters", () => {
  expect(
    recordTable([
      { word: "<sea>", n: 1400.5 },
      { word: "whale", n: 2, note: "a & b" },
    ]),
  ).toEqual({
    html: '<table>\n<thead><tr><th style="text-align: left">word</th><th style="text-align: right">n</th><th style="text-align: left">note</th></tr></thead>\n<tbody>\n<tr><td style="text-align: left">&#60;sea&#62;</td><td style="text-align: right">1400.5</td><td style="text-align: left"></td></tr>\n<tr><td style="text-align: left">whale</td><td style="text-align: right">2</td><td style="text-align: left">a &#38; b</td></tr>\n</tbody>\n</table>',
    text: "word        n  note\n<sea>  1400.5\nwhale       2  a & b",
  });
});

test("of many rows 50 are shown, and long texts are cut", () => {
  const plain = String(
    recordTable(Array.from({ length: 1200 }, (_, i) => ({ i, text: "x".repeat(99) }))).text,
  ).split("\n");

  expect(plain).toHaveLength(52);
  expect(plain[1]).toBe(` 0  ${"x".repeat(59)}…`);
  expect(plain.at(-1)).toBe("50 of 1200 rows");
});

test("only arrays of plain objects are tables", () => {
  expect([[{ a: 1 }], [], [1], [{}], [new Map()], [[1]], { a: 1 }, [null]].map(isRecords)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test("a getter is not run", () => {
  const row = {
    get broken(): number {
      throw new Error("ran");
    },
  };
  expect(recordTable([row]).text).toBe("broken\n[Getter]");
});
