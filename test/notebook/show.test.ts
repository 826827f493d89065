import { afterEach, expect, test } from "vitest";

import { html, markdown } from "../../src/notebook/markup.ts";
import { show } from "../../src/notebook/show.ts";
import { bars } from "../../src/plot/bars.ts";
import { closePage, openPage, printed, type Sent } from "./host.ts";
import { pixels } from "./pixels.ts";

const chart = bars({ cat: 3, dog: 5 }, { value: "count", label: "word" });

afterEach(closePage);

test("a chart goes out once, as specification, picture and words", async () => {
  const page = openPage();
  await show(chart);

  expect(page).toHaveLength(1);
  const [{ bundle, options }] = page as [Sent];
  expect(Object.keys(bundle)).toEqual([
    "application/vnd.vegalite.v5+json",
    "text/plain",
    "image/png",
  ]);
  expect(bundle["application/vnd.vegalite.v5+json"]).toBe(chart.spec);
  expect(bundle["text/plain"]).toBe(chart.alt);
  const picture = pixels(Buffer.from(String(bundle["image/png"]), "base64"));
  expect(options.metadata).toEqual({
    "image/png": {
      width: picture.width / 2,
      height: Math.round(picture.height / 2),
      alt: chart.alt,
    },
  });
});

test("a chart that is a cell's last line shows itself", () => {
  const display = Reflect.get(chart, Symbol.for("Jupyter.display")) as () => unknown;

  expect(display()).toEqual({
    "application/vnd.vegalite.v5+json": chart.spec,
    "text/plain": chart.alt,
  });
  expect(Object.keys(chart)).toEqual(["spec", "alt"]);
});

test("records are a table, markup is itself, the rest is text", async () => {
  const page = openPage();
  await show([{ word: "sea", n: 400 }]);
  await show(html("<b>bold</b>"));
  await show(markdown("$a^2$"));
  await show("as it is");
  await show({ a: [1, 2] });
  await show({ [Symbol.for("Jupyter.display")]: () => Promise.resolve({ "text/plain": "later" }) });

  expect(page.map(({ bundle }) => bundle).slice(1)).toEqual([
    { "text/html": "<b>bold</b>", "text/plain": "bold" },
    { "text/markdown": "$a^2$", "text/plain": "$a^2$" },
    { "text/plain": "as it is" },
    { "text/plain": "{ a: [ 1, 2 ] }" },
    { "text/plain": "later" },
  ]);
  expect(page[0]?.bundle["text/plain"]).toBe("word    n\nsea   400");
});

test("a script prints the alt text", async () => {
  expect(await printed(() => show(chart))).toBe(`${chart.alt}\n`);
});
