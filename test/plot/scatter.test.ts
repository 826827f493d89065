import { expect, test } from "vitest";

import { DataError } from "../../src/core/errors.ts";
import { scatter } from "../../src/plot/scatter.ts";
import { drawn, marks, texts } from "./drawn.ts";

const axes = { x: "dimension 1", y: "dimension 2" };
const animals = [
  { label: "cat", x: 1, y: 2, group: "animals" },
  { label: "dog", x: 1.2, y: 2.1, group: "animals" },
  { label: "king", x: -2, y: -1, group: "people" },
];

test("every point is drawn with its label, and groups differ in colour and shape", async () => {
  const view = await drawn(scatter(animals, axes));
  const points = marks(view, "symbol").filter(
    ({ datum }) => "label" in (datum as object) && "x" in (datum as object),
  );

  expect(points.map(({ fill, shape }) => [fill, shape])).toEqual([
    ["#2372d9", "circle"],
    ["#2372d9", "circle"],
    ["#f08426", "square"],
  ]);
  expect(texts(view)).toEqual(
    expect.arrayContaining([
      "cat",
      "dog",
      "king",
      "animals",
      "people",
      "dimension 1",
      "dimension 2",
    ]),
  );
});

test("the alt text tells reach, groups, edges and the nearest pair", () => {
  expect(scatter(animals, { ...axes, title: "Three words" }).alt).toBe(
    "Map: Three words. 3 points: dimension 1 from -2 to 1.2, dimension 2 from -1 to 2.1. Groups: animals 2, people 1. Leftmost “king”, rightmost “dog”, lowest “king”, highest “dog”. Nearest to each other: “cat” and “dog”.",
  );
});

test("of points on one heap one is labelled, and the alt text says how many are", async () => {
  const heap = Array.from({ length: 5 }, (_, i) => ({
    label: `word${String(i)}`,
    x: i / 1e6,
    y: 0,
  }));
  const chart = scatter([...heap, { label: "far", x: 1, y: 1 }], axes);
  const labels = texts(await drawn(chart)).filter((text) => text.startsWith("word"));

  expect(labels.length).toBeLessThan(5);
  expect(chart.alt).toContain(
    `${String(labels.length + 1)} have room for their label; the others show it when pointed at.`,
  );
});

test("a clicked point and those it names stay, with their labels, and the others fade", async () => {
  const heap = ["a", "ab", "b", "c"].map((label, i) => ({ label, x: i / 1e6, y: 0 }));
  const far = [
    { label: "d", x: 1, y: 1 },
    { label: "e", x: 2, y: 0 },
  ];
  const points = [...heap, ...far].map((point) => ({ ...point, near: ["ab", "d"] }));
  const chart = scatter(points, axes);
  const view = await drawn(chart);
  const opacities = (kind: string): Record<string, unknown> =>
    Object.fromEntries(
      marks(view, kind).flatMap(({ datum, opacity }) =>
        "near" in (datum as object) ? [[(datum as { label: string }).label, opacity]] : [],
      ),
    );

  expect(Object.values(opacities("symbol"))).toEqual(Array(6).fill(0.9));
  const unnamed = Object.entries(opacities("text")).filter(([, opacity]) => opacity === 0);
  expect(unnamed.length).toBeGreaterThan(0);
  // What a click on "c" writes into the selection's store.
  const fields = ["label", "near"].map((field) => ({ type: "E", field }));
  await view
    .insert("picked_store", [{ unit: "layer_0", fields, values: ["c", "|ab||d|"] }])
    .runAsync();

  // "a" and "b" stand within "ab", and are not meant.
  expect(opacities("symbol")).toEqual({ a: 0.12, ab: 0.9, b: 0.12, c: 0.9, d: 0.9, e: 0.12 });
  expect(
    Object.keys(opacities("text")).filter((label) => Number(opacities("text")[label]) > 0.5),
  ).toEqual(expect.arrayContaining(["ab", "c", "d"]));
  expect(chart.alt.endsWith(" A click on a point keeps it and its neighbours.")).toBe(true);
});

test("of 2,000 points 500 are drawn, the outermost among them and labelled", async () => {
  const many = Array.from({ length: 2000 }, (_, i) => ({
    label: `w${String(i)}`,
    x: Math.sin(i),
    y: i === 777 ? 50 : Math.cos(i),
  }));
  const chart = scatter(many, axes);
  const values = (chart.spec["data"] as { values: { label: string }[] }).values;

  expect(values.length).toBeLessThanOrEqual(500);
  expect(values.map(({ label }) => label)).toContain("w777");
  expect(texts(await drawn(chart))).toContain("w777");
  expect(chart.alt).toContain(`${String(values.length)} of them drawn, the outermost among them.`);
});

test("what cannot be drawn is refused with who, expected, got", () => {
  expect(() => scatter([{ label: "", x: 1, y: 1 }], axes)).toThrow(
    new DataError(
      'scatter labels: expected a text that is not empty, got "" at index 0; give every entry its name',
    ),
  );
  expect(() => scatter([{ label: "a", x: 1, y: NaN }], axes)).toThrow(
    new DataError(
      "scatter y: expected finite numbers, got NaN at index 0; leave it out, or find where it comes from",
    ),
  );
  const groups = Array.from({ length: 7 }, (_, i) => ({
    label: "a",
    x: i,
    y: i,
    group: String(i),
  }));
  expect(() => scatter(groups, axes)).toThrow(
    new DataError('scatter: expected at most 6 groups, got 7; name the smallest ones "other"'),
  );
});
