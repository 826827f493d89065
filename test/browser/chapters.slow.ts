import fs from "node:fs";
import path from "node:path";

import { describe, expect, inject, test } from "vitest";

import { parseNotebook, printNotebook } from "../../src/notebook-files/notebook.ts";
import { canvasOf, colorsIn } from "./canvas.ts";
import { pageOf, Reader, root, type CellState } from "./reader.ts";

/** Chapters that a reader runs whole; 00 has tests of its own. */
const chapters = [
  "01-tokens",
  "02-embeddings",
  "03-learning",
  "08-attention",
  "09-transformer-block",
  "12-gpt",
  "13-pre-training",
];

/** The most that the longest chapter may take on two cores, and as much again for a busy machine. */
const MILLISECONDS = 600_000;

describe.each(chapters)("%s", (chapter) => {
  test(
    "Run All runs every cell to its end, without a word on stderr, and draws every chart",
    async () => {
      const reader = await Reader.at(pageOf(withoutOutputs(chapter), chapter));
      try {
        await reader.choose("Run", "Run All Cells");
        // Between two cells nothing runs for a moment: the end is when each has its number.
        await expect
          .poll(async () => notRun(await reader.states()), { timeout: MILLISECONDS, interval: 500 })
          .toEqual([]);
        await reader.quiet(MILLISECONDS);

        const cells = (await reader.states()).map((cell, i) => ({ ...cell, number: i + 1 }));
        const code = cells.filter(({ type }) => type === "code");
        const numbers = (list: typeof cells): number[] => list.map(({ number }) => number);
        expect(numbers(code.filter(failed))).toEqual(
          numbers(code.filter(({ tags }) => tags.includes("raises-exception"))),
        );
        expect(numbers(code.filter(complains))).toEqual([]);

        const charts = code.filter(hasChart);
        expect(charts.length).toBeGreaterThan(5);
        for (const { number } of charts) {
          const canvas = await canvasOf(await reader.cell(number));
          // A blank canvas has one colour.
          expect(await colorsIn(canvas), `cell ${number}`).toBeGreaterThan(5);
          await reader.screenshot(`${chapter}-cell-${number}`);
        }
        expect(reader.complaints).toEqual([]);
      } finally {
        await reader.leave();
      }
    },
    MILLISECONDS + 60_000,
  );
});

/** A copy of a chapter as nobody has run it; returns its path from the project's folder. */
function withoutOutputs(chapter: string): string {
  const name = `notebooks/${chapter}.ipynb`;
  const notebook = parseNotebook(fs.readFileSync(path.join(root, name), "utf8"), name);
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell,
  );
  const file = path.join(inject("scratch"), `${chapter}.ipynb`);
  fs.writeFileSync(path.join(root, file), printNotebook({ ...notebook, cells }));
  return file;
}

/** The numbers of the code cells that have not run. */
function notRun(cells: readonly CellState[]): number[] {
  return cells.flatMap(({ type, count }, i) => (type === "code" && count === null ? [i + 1] : []));
}

function failed({ outputs }: CellState): boolean {
  return outputs.some((output) => output.output_type === "error");
}

function complains({ outputs }: CellState): boolean {
  return outputs.some((output) => output.output_type === "stream" && output.name === "stderr");
}

function hasChart({ outputs }: CellState): boolean {
  return outputs.some((one) => "data" in one && "application/vnd.vegalite.v5+json" in one.data);
}
