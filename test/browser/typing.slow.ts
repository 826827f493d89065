import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { Reader } from "./reader.ts";

let reader: Reader;
beforeAll(async () => {
  reader = await Reader.with(
    'import { bars } from "glassbox/plot/bars";\nconst sailors = 30;',
    "",
    "sailors",
  );
  await reader.runToEnd(1);
});
afterAll(() => reader.leave());

test("a wrong type is told before anything runs, with the line and a mark below the name", async () => {
  await reader.type(2, 'console.log("not read");\nconst captain: number = "Ahab";');
  await reader.page.keyboard.press("Control+Enter");
  await reader.quiet();

  expect((await reader.shown(2)).trimEnd()).toBe(
    [
      "TypeScriptError: Type 'string' is not assignable to type 'number'. (line 2, column 7)",
      "    at cell-2.ts:2:7",
      '  1 | console.log("not read");',
      '> 2 | const captain: number = "Ahab";',
      "    |       ^^^^^^^",
      "TS2322: Type 'string' is not assignable to type 'number'.",
    ].join("\n"),
  );
  await reader.screenshot("type-error");
});

test("Tab completes a name of an earlier cell", async () => {
  await reader.type(2, "sail");
  await reader.page.keyboard.press("Tab");
  await offers().waitFor();
  await reader.page.keyboard.press("Enter");

  expect((await reader.state(2)).source).toBe("sailors");
});

test("Tab offers the members of a value, with what they are", async () => {
  await reader.type(2, "sailors.to");
  await reader.page.keyboard.press("Tab");
  await offers().waitFor();

  expect(await offers().locator(".jp-Completer-item").allInnerTexts()).toEqual([
    "m\ntoExponential\nmethod",
    "m\ntoFixed\nmethod",
    "m\ntoLocaleString\nmethod",
    "m\ntoPrecision\nmethod",
    "m\ntoString\nmethod",
  ]);
  await reader.screenshot("completion");
  await reader.page.keyboard.press("Escape");
});

test("Shift and Tab show a name's signature and its doc comment, rendered", async () => {
  await reader.type(2, "bars");
  await reader.page.keyboard.press("Shift+Tab");
  const tooltip = reader.page.locator(".jp-Tooltip");
  await tooltip.waitFor();

  expect(await tooltip.locator("pre").innerText()).toContain("function bars(amounts: Amounts");
  expect(await tooltip.locator("p").innerText()).toContain("Bar chart; throws a DataError for");
  // In the comment it stands in backquotes: Markdown makes it code.
  expect(await tooltip.locator("p code").allInnerTexts()).toEqual(["DataError"]);
  await reader.screenshot("tooltip");
});

test("the page itself had no errors", () => {
  expect(reader.complaints).toEqual([]);
});

/** The list that Tab opens. */
function offers(): Locator {
  return reader.page.locator(".jp-Completer:not(.lm-mod-hidden)");
}
