import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { canvasOf, colorsIn, lightnessAt, longestRun, type Color } from "./canvas.ts";
import { Reader } from "./reader.ts";
import { watch } from "./watch.ts";

const IMPORTS = `import { show } from "glassbox/notebook/show";
import { liveChart } from "glassbox/notebook/live";
import { progress } from "glassbox/notebook/progress";
import { line } from "glassbox/plot/line";
import { temperatureBars } from "glassbox/plot/temperature";
import { tokenLinks } from "glassbox/plot/token-links";
import { setTimeout as sleep } from "node:timers/promises";`;

const SLIDER = "await show(temperatureBars({ whale: 3, ship: 2, sea: 1, 标记: 0.5 }));";

const LINKS = `const words = ["whale", "ship", "sea"];
const weights = words.map((_, i) => words.map((_, j) => (i === j ? 0.9 : 0.05)));
await show(tokenLinks(words, weights, { value: "attention weight" }));`;

const LIVE = `const curve = liveChart();
const [x, y]: number[][] = [[0], [0]];
for (let i = 1; i <= 25; i++) {
  x.push(i);
  y.push(i * i);
  curve.update(line({ name: "square", x, y }, { x: "number", y: "its square" }));
  await sleep(80);
}
await curve.done();`;

const PROGRESS = `const reading = progress(25, "reading");
for (let i = 0; i < 25; i++) {
  await sleep(80);
  reading.step();
}`;

/** The first colour of series: src/plot/palette.ts. */
const BAR: Color = [0x23, 0x72, 0xd9];

let reader: Reader;
beforeAll(async () => {
  reader = await Reader.with(IMPORTS, LIVE, PROGRESS);
  await reader.runToEnd(1);
});
afterAll(() => reader.leave());

describe.each(["Light", "Dark"] as const)(
  "in the theme JupyterLab %s, without a kernel",
  (name) => {
    let page: Page;
    beforeAll(async () => {
      page = reader.page;
      await reader.theme(`JupyterLab ${name}`);
      await reader.open(IMPORTS, SLIDER, LINKS);
      for (const number of [1, 2, 3]) await reader.runToEnd(number);
      await canvasOf(await reader.cell(2));
      await canvasOf(await reader.cell(3));
      await reader.shutDownKernel();
    });

    test("a slider under the chart changes its bars while it is dragged", async () => {
      const cell = await reader.cell(2);
      const canvas = await canvasOf(cell);
      const slider = cell.locator("input[type=range]");
      const before = await longestRun(canvas, BAR);
      const box = (await slider.boundingBox()) ?? expect.fail("the slider has no place");
      const [left, middle] = [box.x + 2, box.y + box.height / 2];

      await page.mouse.move(box.x + (box.width * 0.9) / 2.9, middle);
      await page.mouse.down();
      await page.mouse.move(left, middle, { steps: 5 });
      // Cold: all probability goes to the first word, whose bar grows from 0.63 to 1.
      await expect.poll(() => longestRun(canvas, BAR)).toBeGreaterThan(before * 1.4);
      await reader.screenshot(`slider-${name.toLowerCase()}`);
      await page.mouse.up();
      expect(Number(await slider.inputValue())).toBeLessThan(0.3);
    });

    test("a click on a word shows what that word looks at", async () => {
      const cell = await reader.cell(3);
      const canvas = await canvasOf(cell);
      // In the upper left corners of the boxes of "whale" and "sea", where no letter is.
      const [whale, sea] = [9, 109] as const;
      const [shades, lightAgain] = [
        () => lightnessAt(canvas, whale, 36),
        () => lightnessAt(canvas, sea, 36),
      ];
      expect(await shades()).toBeGreaterThan(180);

      await canvas.click({ position: { x: whale + 12, y: 42 } });
      await expect.poll(shades).toBeLessThan(80);
      expect(await lightAgain()).toBeGreaterThan(180);
      await reader.screenshot(`click-${name.toLowerCase()}`);
    });

    test("what is behind the chart is as light or dark as the theme", async () => {
      const behind = await lightnessAt(await canvasOf(await reader.cell(2)), 1, 1);
      expect(behind > 128 ? "Light" : "Dark").toBe(name);
    });
  },
);

describe("while a cell works", () => {
  beforeAll(async () => {
    await reader.theme("JupyterLab Light");
    await reader.open(IMPORTS, LIVE, PROGRESS);
    await reader.runToEnd(1);
  });

  test("a chart grows in its place: one output, no jump of the page", async () => {
    const seen = await watch(reader, 2);

    expect(seen.outputs).toEqual([0, 1]);
    expect(seen.states).toBeGreaterThan(4);
    expect(seen.collapsed).toBe(0);
    const canvas = await canvasOf(await reader.cell(2));
    expect(await colorsIn(canvas)).toBeGreaterThan(10);
    // One picture, with all that it needs elsewhere.
    expect(
      (await reader.state(2)).outputs.map(
        (output) => "data" in output && Object.keys(output.data).sort(),
      ),
    ).toEqual([["application/vnd.vegalite.v5+json", "image/png", "text/plain"]]);
    await reader.screenshot("live-chart");
  });

  test("a progress line counts in its place", async () => {
    const seen = await watch(reader, 3);

    expect(seen.outputs).toEqual([0, 1]);
    expect(seen.states).toBeGreaterThan(4);
    expect(await reader.shown(3)).toMatch(/^\s*reading\s+25 of 25, in \d\.\d s\s*$/);
    await reader.screenshot("progress");
  });
});

test("the page itself had no errors", () => {
  expect(reader.complaints).toEqual([]);
});
