import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";

import { NotebookProgress } from "../../src/notebook-files/progress.ts";

describe("NotebookProgress", () => {
  test("is silent while a notebook is quick, and after its end", async () => {
    const lines: string[] = [];
    const progress = new NotebookProgress("a.ipynb", (line) => lines.push(line), 20);
    progress.at(1, 2);
    progress.at(2, 2);
    progress.end();
    await wait(40);

    expect(lines).toEqual([]);
  });

  test("names the cell that runs when patience ends, then each one that follows", async () => {
    const lines: string[] = [];
    const progress = new NotebookProgress("a.ipynb", (line) => lines.push(line), 20);
    progress.at(1, 3);
    progress.at(2, 3);
    await wait(40);
    progress.at(3, 3);
    progress.end();

    expect(lines).toEqual(["a.ipynb: cell 2 of 3\n", "a.ipynb: cell 3 of 3\n"]);
  });

  test("says when it is the kernel that takes long", async () => {
    const lines: string[] = [];
    const progress = new NotebookProgress("a.ipynb", (line) => lines.push(line), 20);
    await wait(40);
    progress.end();

    expect(lines).toEqual(["a.ipynb: starting a kernel\n"]);
  });
});
