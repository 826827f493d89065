import { afterAll, beforeAll, expect, test } from "vitest";

import { Reader } from "./reader.ts";

let reader: Reader;
beforeAll(async () => {
  reader = await Reader.with("process.pid", "let runs = 0;", "++runs;\nruns");
});
afterAll(() => reader.leave());

const plain = async (number: number): Promise<unknown> => {
  const output = (await reader.state(number)).outputs.at(-1);
  return output !== undefined && "data" in output ? output.data["text/plain"] : undefined;
};

test("restart and run all starts anew from the top", async () => {
  for (const number of [1, 2, 3, 3]) await reader.runToEnd(number);
  const pid = await plain(1);
  expect(await plain(3)).toBe("2");

  await reader.press("restart-and-run");
  // JupyterLab asks before it throws away what cells hold.
  await reader.page.locator(".jp-Dialog button.jp-mod-accept").click();
  await expect.poll(() => plain(1), { timeout: 20_000 }).not.toBe(pid);
  await reader.quiet();

  expect((await reader.states()).map(({ count }) => count)).toEqual([1, 2, 3]);
  expect(await plain(3)).toBe("1");
});

test("5,000 lines arrive whole and the notebook stays quick", async () => {
  await reader.open("for (let i = 1; i <= 5000; i++) console.log(`line ${i}`);", "", "6 * 7");
  await reader.runToEnd(1);
  const text = await reader.shown(1);
  expect(text.trim().split("\n")).toEqual(Array.from({ length: 5000 }, (_, i) => `line ${i + 1}`));
  await reader.screenshot("5000-lines");

  const start = performance.now();
  await reader.type(2, "const answer = 42;");
  expect((await reader.state(2)).source).toBe("const answer = 42;");
  await reader.runToEnd(3);
  expect(await plain(3)).toBe("42");
  // Twenty keys and a cell: a page that drags takes a second for each.
  expect(performance.now() - start).toBeLessThan(4000);
  await reader.screenshot("5000-lines-below");
});

test("a cell goes on while the page is away, and its names are there on return", async () => {
  await reader.open(
    "let n = 0;\nfor (; n < 20; n++) await new Promise((resolve) => setTimeout(resolve, 100));",
    "n",
  );
  await reader.run(1);
  await reader.page.waitForTimeout(300);
  await reader.page.reload();
  await reader.ready();
  await reader.runToEnd(2);

  expect(await plain(2)).toBe("20");
});

test("the page itself had no errors", () => {
  expect(reader.complaints).toEqual([]);
});
