import fs from "node:fs";
import path from "node:path";

import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { differences } from "../../src/notebook-files/difference.ts";
import { normalForm } from "../../src/notebook-files/normal-form.ts";
import { parseNotebook } from "../../src/notebook-files/notebook.ts";
import { canvasOf, colorsIn } from "./canvas.ts";
import { Reader, root } from "./reader.ts";

const NOTEBOOK = "notebooks/00-start.ipynb";

let reader: Reader;
/** What JupyterLab saved, which never reaches the file of the course. */
let saved = "";

beforeAll(async () => {
  reader = await Reader.at(inject("startPage"));
  await reader.page.route(`**/api/contents/${NOTEBOOK}*`, async (route) => {
    if (route.request().method() !== "PUT") return route.continue();
    const { content } = route.request().postDataJSON() as { content: unknown };
    saved = JSON.stringify(content);
    const now = new Date().toISOString();
    await route.fulfill({
      json: {
        name: path.basename(NOTEBOOK),
        path: NOTEBOOK,
        type: "notebook",
        writable: true,
        created: now,
        last_modified: now,
        mimetype: null,
        content: null,
        format: null,
      },
    });
  });
});
afterAll(() => reader.leave());

/** Windows that want an answer, and notices in a corner. */
function popUps(): Promise<number> {
  return reader.page.locator(".jp-Dialog, .Toastify__toast").count();
}

test("the start page is the first notebook, its kernel is there, and nothing asks", async () => {
  expect(await reader.path()).toBe(NOTEBOOK);
  expect(await reader.page.locator(".jp-KernelName").first().innerText()).toBe("TypeScript");
  expect(await popUps()).toBe(0);
  await reader.screenshot("start");
});

test("Run All runs every cell to its end and asks nothing but the notebook's own question", async () => {
  await reader.choose("Run", "Run All Cells");
  const box = reader.page.locator(".jp-Stdin-input");
  await box.waitFor({ timeout: 60_000 });
  await box.fill("e");
  await box.press("Enter");
  await reader.quiet();

  const cells = (await reader.states()).map((cell, i) => ({ ...cell, number: i + 1 }));
  const code = cells.filter(({ type, source }) => type === "code" && source.trim() !== "");
  const numbers = (list: typeof cells): number[] => list.map(({ number }) => number);
  expect(numbers(code.filter(({ count }) => count === null))).toEqual([]);
  const failed = code.filter(({ outputs }) => outputs.some((o) => o.output_type === "error"));
  const mayFail = code.filter(({ tags }) => tags.includes("raises-exception"));
  expect(numbers(failed)).toEqual(numbers(mayFail));
  const complains = code.filter(({ outputs }) =>
    outputs.some((o) => o.output_type === "stream" && o.name === "stderr"),
  );
  expect(numbers(complains)).toEqual([]);
  expect(await popUps()).toBe(0);
}, 120_000);

test("every chart is drawn by the page itself", async () => {
  const cells = (await reader.states()).map((cell, i) => ({ ...cell, number: i + 1 }));
  const charts = cells.filter(({ outputs }) =>
    outputs.some((o) => "data" in o && "application/vnd.vegalite.v5+json" in o.data),
  );
  expect(charts.length).toBeGreaterThan(3);
  for (const { number } of charts) {
    const cell = await reader.cell(number);
    // A blank canvas has one colour.
    expect(await colorsIn(await canvasOf(cell)), `cell ${number}`).toBeGreaterThan(10);
    await reader.screenshot(`start-cell-${number}`);
  }
});

test("what is saved after Run All shows what is committed", async () => {
  await reader.press("save");
  await expect.poll(() => saved).not.toBe("");

  const committed = parseNotebook(fs.readFileSync(path.join(root, NOTEBOOK), "utf8"), NOTEBOOK);
  const written = parseNotebook(saved, "saved");
  const [before, after] = [normalForm(committed), normalForm(written)];
  expect(after.cells.map(({ source }) => source)).toEqual(before.cells.map(({ source }) => source));
  expect(after.cells.map(({ metadata }) => metadata)).toEqual(
    before.cells.map(({ metadata }) => metadata),
  );
  // Here somebody watched the clock run and answered; where outputs are made, nobody does.
  const depends = after.cells.flatMap(({ source }, i) =>
    /\b(progress|input)\(/.test(source) ? [`cell ${i + 1},`] : [],
  );
  expect(
    differences(before, after).filter((text) => !depends.some((cell) => text.startsWith(cell))),
  ).toEqual([]);
  expect(after.metadata).toEqual(before.metadata);
});

test("a link to a file of the library opens it in a tab", async () => {
  const link = reader.page.locator(".jp-RenderedMarkdown a", { hasText: "src/plot/line.ts" });
  await link.first().scrollIntoViewIfNeeded();
  await link.first().click();

  await expect.poll(() => reader.path(), { timeout: 15_000 }).toBe("src/plot/line.ts");
  await reader.page.locator(".jp-FileEditor", { hasText: "export function line(" }).waitFor();
  await reader.screenshot("start-link");
});

test("the page itself had no errors", () => {
  expect(reader.complaints).toEqual([]);
});
