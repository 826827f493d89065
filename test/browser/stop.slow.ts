import { afterAll, beforeAll, expect, test } from "vitest";

import { Reader } from "./reader.ts";

/** Milliseconds from the click on ■ until nothing runs: a second, and what the page itself needs. */
const SOON = 2000;

const CELLS = [
  'import { setTimeout as sleep } from "node:timers/promises";\nlet n = 0;',
  "for (;;) n++;",
  "for (;;) {\n  await sleep(10);\n  console.log(`tick ${n++}`);\n}",
  'const name = await input("What is your name? ");\n`hello ${name}`',
  "n > 0",
] as const;

let reader: Reader;
beforeAll(async () => {
  reader = await Reader.with(...CELLS);
  await reader.runToEnd(1);
});
afterAll(() => reader.leave());

async function timeToStop(): Promise<number> {
  await reader.press("interrupt");
  const clicked = performance.now();
  await reader.quiet();
  return performance.now() - clicked;
}

async function expectNextCellToRun(): Promise<void> {
  expect(await reader.runToEnd(5)).toMatchObject({
    outputs: [{ output_type: "execute_result", data: { "text/plain": "true" } }],
  });
}

test("■ ends a loop that never lets go, and the next cell runs", async () => {
  await reader.run(2);
  await reader.page.waitForTimeout(700);

  expect(await timeToStop()).toBeLessThan(SOON);
  expect(await reader.shown(2)).toContain("Interrupted: stopped by the reader\n    at cell-2.ts:1");
  await expectNextCellToRun();
  await reader.screenshot("stop-loop");
});

test("■ ends a loop that waits for timers; it counts and prints no more", async () => {
  await reader.run(3);
  await (await reader.cell(3)).getByText("tick").first().waitFor();

  expect(await timeToStop()).toBeLessThan(SOON);
  const { outputs } = await reader.state(3);
  expect(outputs.map((output) => output.output_type)).toEqual(["stream", "error"]);
  await reader.page.waitForTimeout(300);
  expect((await reader.state(3)).outputs).toEqual(outputs);
  await expectNextCellToRun();
  await reader.screenshot("stop-timers");
});

test("a question waits in a box below its cell, and the answer typed arrives", async () => {
  await reader.run(4);
  const cell = await reader.cell(4);
  await cell.locator(".jp-Stdin-input").waitFor();
  expect(await cell.locator(".jp-Stdin-prompt").innerText()).toContain("What is your name?");
  await reader.screenshot("input-box");
  // The box has the focus: a reader types at once.
  await reader.page.keyboard.type("Ishmael");
  await reader.page.keyboard.press("Enter");
  await reader.quiet();

  expect((await reader.state(4)).outputs.at(-1)).toMatchObject({
    data: { "text/plain": "'hello Ishmael'" },
  });
  await reader.screenshot("input-answered");
});

test("■ ends a question, and the next cell runs", async () => {
  await reader.run(4);
  await (await reader.cell(4)).locator(".jp-Stdin-input").waitFor();

  expect(await timeToStop()).toBeLessThan(SOON);
  await expectNextCellToRun();
  expect(await reader.shown(4)).toContain("Interrupted: stopped by the reader");
  await reader.screenshot("stop-input");
});

test("the page itself had no errors", () => {
  expect(reader.complaints).toEqual([]);
});
