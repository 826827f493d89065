import { expect, test } from "vitest";

import { DataError, ShapeError } from "../../src/core/errors.ts";
import { bars } from "../../src/plot/bars.ts";
import { slider } from "../../src/plot/slider.ts";
import { drawn, marks, texts } from "./drawn.ts";

const counts = { cat: 3, dog: 5, incomprehensibility: 1 };
const options = { value: { name: "count", unit: "words" }, label: "word" };

/** The drawn bars as [name, length in pixels], from the top or the left. */
async function lengths(...args: Parameters<typeof bars>): Promise<[string, number][]> {
  const rects = marks(await drawn(bars(...args)), "rect").filter(
    ({ datum }) => datum !== undefined && "v" in (datum as object),
  );
  return rects.map(({ datum, width }) => [
    (datum as { name: string }).name,
    Math.round(Number(width)),
  ]);
}

test("bars lie largest first, as long as their amounts, with name and amount written", async () => {
  expect(await lengths(counts, options)).toEqual([
    ["dog", 480],
    ["cat", 288],
    ["incomprehensibility", 96],
  ]);
  const words = texts(await drawn(bars(counts, options)));
  expect(words).toEqual(
    expect.arrayContaining([
      "dog",
      "cat",
      "incomprehensibility",
      "5",
      "3",
      "1",
      "count (words)",
      "word",
    ]),
  );
});

test("the alt text says what a bar chart of few words shows", () => {
  expect(bars(counts, options).alt).toBe(
    "Bar chart: The word with the largest count (words): “dog” 5. count (words) of 3 bars, by word, largest first. “dog” 5, “cat” 3, “incomprehensibility” 1.",
  );
});

test("of many words the largest are drawn and the alt text says so", () => {
  const many = Array.from({ length: 50 }, (_, i) => [`w${String(i)}`, i] as const);
  const chart = bars(many, { ...options, title: "Fifty words" });

  expect(chart.alt).toBe(
    "Bar chart: Fifty words. count (words) of 30 bars, by word, largest first. Largest: “w49” 49, “w48” 48, “w47” 47; smallest: “w20” 20. Only the largest 30 of 50 are drawn.",
  );
  expect((chart.spec["data"] as { values: unknown[] }).values).toHaveLength(30);
});

test("numbers stand below upright bars in the order given", async () => {
  const view = await drawn(
    bars(
      [
        ["1", 5],
        ["2", 40],
        ["10", 20],
      ],
      { value: "words", label: "letters" },
    ),
  );
  const rects = marks(view, "rect").filter(
    ({ datum }) => datum !== undefined && "v" in (datum as object),
  );

  expect(rects.map(({ datum }) => (datum as { name: string }).name)).toEqual(["1", "2", "10"]);
  expect(rects.map(({ height }) => Math.round(Number(height)))).toEqual([33, 260, 130]);
});

test("amounts that would overlap above narrow bars are left to the tooltip", async () => {
  const upright = (n: number) =>
    Array.from({ length: n }, (_, i) => [String(i), 10_000 + i] as const);

  expect(texts(await drawn(bars(upright(5), { value: "words", label: "letters" })))).toContain(
    "10,004",
  );
  expect(texts(await drawn(bars(upright(40), { value: "words", label: "letters" })))).not.toContain(
    "10,004",
  );
});

test("two bars of one name stay two, and spaces in names are seen", async () => {
  expect(
    await lengths(
      [
        ["the", 2],
        ["the", 1],
        [" the", 4],
      ],
      options,
    ),
  ).toEqual([
    ["␣the", 480],
    ["the", 240],
    ["the", 120],
  ]);
});

test("a slider changes the bars without the kernel and begins at the printed ones", async () => {
  const power = slider("power", { from: 1, to: 3, step: 1, start: 1 });
  const chart = bars(counts, {
    ...options,
    recompute: { sliders: [power], expression: "pow(datum.raw, power)", raw: [3, 5, 1] },
  });
  const view = await drawn(chart);
  const values = () =>
    marks(view, "rect").flatMap(({ datum }) =>
      datum !== undefined && "v" in (datum as object) ? [(datum as { v: number }).v] : [],
    );

  expect(values()).toEqual([5, 3, 1]);
  await view.signal("power", 2).runAsync();
  expect(values()).toEqual([25, 9, 1]);
  expect(chart.alt).toContain("A slider changes power from 1 to 3; shown at 1.");
});

test("what cannot be drawn is refused with who, expected, got", () => {
  expect(() => bars({}, options)).toThrow(
    new DataError("bars by word: expected at least one number, got none; wait for the first value"),
  );
  expect(() => bars({ cat: NaN }, options)).toThrow(
    new DataError(
      "bars by word: expected finite numbers, got NaN at index 0; leave it out, or find where it comes from",
    ),
  );
  expect(() =>
    bars(
      [
        ["cat", 1],
        ["", 2],
      ],
      options,
    ),
  ).toThrow(
    new DataError(
      'bars by word: names: expected a text that is not empty, got "" at index 1; give every entry its name',
    ),
  );
  expect(() =>
    bars(counts, { ...options, recompute: { sliders: [], expression: "1", raw: [1] } }),
  ).toThrow(
    new ShapeError(
      "bars by word: recompute.raw: expected 3 entries, one for each bar, got 1; cut or fill the longer list",
    ),
  );
});
