import { expect, test } from "vitest";

import { ConfigError, DataError, ShapeError } from "../../src/core/errors.ts";
import { heatmap } from "../../src/plot/heatmap.ts";
import { drawn, marks, texts } from "./drawn.ts";

const rows = ["The", " cat", " The"];
const weights = [
  [1, 0, 0],
  [0.25, 0.75, 0],
  [0.5, 0.3, 0.2],
];
const options = { rows, value: "attention weight" };

/** The drawn cells with their field and fill. */
async function cells(
  ...args: Parameters<typeof heatmap>
): Promise<{ v: number; fill: unknown; opacity: unknown }[]> {
  const rects = marks(await drawn(heatmap(...args)), "rect").filter(
    ({ datum }) => datum !== undefined && "c" in (datum as object),
  );
  return rects.map(({ datum, fill, opacity }) => ({
    v: (datum as { v: number }).v,
    fill,
    opacity,
  }));
}

test("nine cells carry their numbers, white at 0 and darkest at the largest", async () => {
  const drawnCells = await cells(weights, options);

  expect(drawnCells).toHaveLength(9);
  expect(drawnCells.find(({ v }) => v === 0)?.fill).toBe("rgb(247, 251, 255)");
  expect(drawnCells.find(({ v }) => v === 1)?.fill).toBe("rgb(8, 48, 107)");
  const view = await drawn(heatmap(weights, options));
  expect(texts(view)).toEqual(
    expect.arrayContaining(["The", "␣cat", "␣The", "0.75", "from", "to", "attention weight"]),
  );
  const ink = (number: string): unknown =>
    marks(view, "text").find(({ text }) => text === number)?.["fill"];
  expect([ink("1.00"), ink("0.75"), ink("0.25")]).toEqual(["#ffffff", "#ffffff", "#222222"]);
});

test("signed values have white at 0 and one colour for each side", async () => {
  const drawnCells = await cells(
    [
      [-2, 0],
      [1, 2],
    ],
    { rows: ["a", "b"], value: "similarity" },
  );

  expect(drawnCells.map(({ fill }) => fill)).toEqual([
    "rgb(19, 75, 138)",
    "rgb(247, 247, 247)",
    "rgb(243, 176, 102)",
    "rgb(138, 63, 4)",
  ]);
});

test("the alt text tells size, range, the strongest, and each row", () => {
  expect(heatmap(weights, options).alt).toBe(
    "Heat map: Strongest attention weight: The → The (1). attention weight of 3 rows (from) by 3 columns (to), between 0 and 1. Strongest of all: The → The 1. Each row adds up to 1. Strongest in each row: The → The 1, ␣cat → ␣cat 0.75, ␣The → The 0.5.",
  );
});

test("numbers are left out of cells that are too narrow for them", async () => {
  const many = Array.from({ length: 20 }, (_, i) => `w${String(i)}`);
  const chart = heatmap(
    many.map(() => many.map(() => 0.5)),
    { rows: many, value: "weight" },
  );

  expect(texts(await drawn(chart))).not.toContain("0.50");
  expect(chart.alt).not.toContain("Strongest in each row");
});

test("a chosen row keeps its colour and the others fade", async () => {
  const chart = heatmap(weights, { ...options, selectRow: true });
  const view = await drawn(chart);
  const opacities = (): unknown[] =>
    marks(view, "rect")
      .filter(({ datum }) => datum !== undefined && "c" in (datum as object))
      .map(({ opacity }) => opacity);

  expect(opacities()).toEqual(Array(9).fill(1));
  // What a click on the middle row writes into the selection's store.
  await view
    .insert("row_store", [{ unit: "layer_0", fields: [{ type: "E", field: "r" }], values: [1] }])
    .runAsync();
  expect(opacities()).toEqual([0.2, 0.2, 0.2, 1, 1, 1, 0.2, 0.2, 0.2]);
  expect(chart.alt.endsWith(" A click on a row keeps it and fades the others.")).toBe(true);
});

test("what cannot be drawn is refused with who, expected, got", () => {
  expect(() => heatmap([[1]], { rows: ["a", "b"], value: "w" })).toThrow(
    new ShapeError(
      "heatmap: expected 2 entries, one for each row, got 1; cut or fill the longer list",
    ),
  );
  expect(() => heatmap([[1], [1, 2]], { rows: ["a", "b"], value: "w" })).toThrow(
    new ShapeError(
      "heatmap row 0: expected 2 entries, one for each column, got 1; cut or fill the longer list",
    ),
  );
  expect(() =>
    heatmap(
      [
        [1, NaN],
        [1, 2],
      ],
      { rows: ["a", "b"], value: "w" },
    ),
  ).toThrow(
    new DataError(
      "heatmap row 0: expected finite numbers, got NaN at index 1; leave it out, or find where it comes from",
    ),
  );
  expect(() => heatmap([], { rows: Array.from({ length: 49 }, () => "a"), value: "w" })).toThrow(
    new DataError("heatmap: expected at most 48 words on a side, got 49 x 49; draw a part"),
  );
  expect(() => heatmap([[1]], { rows: ["a"], value: "w", domain: [1, 1] })).toThrow(
    new ConfigError(
      "domain: expected [low, high] with low < high, got [1, 1]; leave it out to fit the data",
    ),
  );
});
