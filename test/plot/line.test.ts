import { expect, test } from "vitest";

import { DataError, ShapeError } from "../../src/core/errors.ts";
import { line } from "../../src/plot/line.ts";
import { drawn, marks, texts } from "./drawn.ts";

const axes = { x: "step", y: { name: "loss", unit: "nats per token" } };

test("one series says in title and alt text where it begins, ends, and has its extremes", () => {
  const chart = line({ name: "train", y: [4.17, 3, 1.875, 2] }, axes);

  expect(chart.spec["title"]).toMatchObject({ text: ["Loss falls from 4.17 to 2"] });
  expect(chart.alt).toBe(
    "Line chart: Loss falls from 4.17 to 2. loss (nats per token), against step. train: 4 points, falls from 4.17 to 2, lowest 1.88 at step 2, highest 4.17 at step 0.",
  );
});

test("a line that ends near its beginning, and one that never moves, do not fall", () => {
  expect(line({ name: "a", y: [1, 3, 1.1] }, axes).alt).toContain(
    "a: 3 points, begins at 1 and ends near it at 1.1,",
  );
  expect(line({ name: "a", y: [2, 2] }, axes).alt).toContain("a: 2 points, stays at 2,");
});

test("several series have names, colours and dashes of their own in one legend", async () => {
  const chart = line(
    [
      { name: "train", y: [4, 2] },
      { name: "validation", y: [4, 3] },
    ],
    { ...axes, title: "Two runs" },
  );
  const lines = marks(await drawn(chart), "line");

  expect(new Set(lines.map(({ stroke }) => stroke))).toEqual(new Set(["#2372d9", "#f08426"]));
  expect(new Set(lines.map(({ strokeDash }) => String(strokeDash)))).toEqual(
    new Set(["1,0", "7,3"]),
  );
  expect(texts(await drawn(chart))).toEqual(
    expect.arrayContaining(["Two runs", "train", "validation", "step", "loss (nats per token)"]),
  );
});

test("a reference is one line with one label, however many points there are", async () => {
  const chart = line(
    { name: "train", y: [4, 3, 2, 1] },
    { ...axes, reference: { value: 4.17, label: "guessing" } },
  );

  const view = await drawn(chart);
  expect(texts(view).filter((text) => text === "guessing")).toHaveLength(1);
  expect(marks(view, "rule").filter(({ strokeDash }) => String(strokeDash) === "4,4")).toHaveLength(
    1,
  );
  expect(chart.alt).toContain("Reference: guessing at 4.17.");
});

test("a band lies between its lows and highs", async () => {
  const chart = line({ name: "mean", y: [4, 2], band: { low: [3, 1], high: [5, 3] } }, axes);
  const areas = marks(await drawn(chart), "area");
  const view = await drawn(chart);
  const y = view.scale("y") as (value: number) => number;

  expect(areas.map((area) => area["y"])).toEqual([y(3), y(1)]);
  expect(areas.map((area) => area["y2"])).toEqual([y(5), y(3)]);
  expect(chart.alt).toContain("with a band that ends at 1 to 3");
});

test("a logarithmic axis is one, and refuses 0", async () => {
  const log = { x: { name: "parameters", log: true }, y: "loss" };
  const view = await drawn(line({ name: "a", x: [1, 10, 100, 1000], y: [4, 3, 2, 1] }, log));
  const x = view.scale("x") as (value: number) => number;

  expect([x(1), x(10), x(100), x(1000)].map(Math.round)).toEqual([0, 160, 320, 480]);
  expect(() => line({ name: "a", x: [0, 1], y: [1, 2] }, log)).toThrow(
    new DataError(
      'line "a" x: expected numbers above 0 on a logarithmic axis, got 0 at index 0; leave `log` off, or drop the point',
    ),
  );
});

test("a long series is drawn from 500 points and the alt text says so", () => {
  const y = Array.from({ length: 20_000 }, (_, i) => (i === 12_345 ? 99 : i % 7));
  const chart = line({ name: "train", y }, axes);
  const values = (chart.spec["data"] as { values: { x: number; y: number }[] }).values;

  expect(values.length).toBeLessThanOrEqual(500);
  expect(values).toContainEqual({ s: "train", x: 12_345, y: 99 });
  expect(chart.alt).toContain(`${String(values.length)} of them drawn, all extremes among them.`);
});

test("a single point, as a live chart begins, has a scale around it", async () => {
  const view = await drawn(line({ name: "train", y: [4.1] }, axes));

  expect((view.scale("y") as unknown as { domain(): number[] }).domain()).toEqual([3.1, 5.1]);
});

test("typed arrays are drawn, numbers in the specification are rounded", () => {
  const chart = line({ name: "train", y: Float32Array.of(0.1, 0.2) }, axes);

  expect((chart.spec["data"] as { values: unknown[] }).values).toEqual([
    { s: "train", x: 0, y: 0.1 },
    { s: "train", x: 1, y: 0.2 },
  ]);
});

test("what cannot be drawn is refused with who, expected, got", () => {
  expect(() => line([], axes)).toThrow(
    new DataError("line: expected 1 to 6 series, got 0; draw the rest in a second chart"),
  );
  expect(() => line({ name: "train", y: [1, Infinity] }, axes)).toThrow(
    new DataError(
      'line "train": expected finite numbers, got Infinity at index 1; leave it out, or find where it comes from',
    ),
  );
  expect(() => line({ name: "train", y: [1, 2], x: [1] }, axes)).toThrow(
    new ShapeError(
      'line "train" x: expected 2 entries, one for each point, got 1; cut or fill the longer list',
    ),
  );
  expect(() => line({ name: "train", y: [1, 2], band: { low: [1], high: [1, 2] } }, axes)).toThrow(
    new ShapeError(
      'line "train" band.low: expected 2 entries, one for each point, got 1; cut or fill the longer list',
    ),
  );
});
