import { expect, test } from "vitest";

import { DataError, ShapeError } from "../../src/core/errors.ts";
import { fit } from "../../src/plot/fit.ts";
import { drawn, marks, texts } from "./drawn.ts";

const points = { name: "seen", x: [1800, 1900, 2000], y: [40, 30, 20] };
const curve = { name: "degree 9", x: [1800, 1850, 1900, 2000], y: [40, 9000, 30, 20] };
const options = { title: "A wild curve", x: "year", y: { name: "length", unit: "words" } };

test("the axes belong to the points, and a curve that leaves them is cut", async () => {
  const chart = fit(points, [curve], options);
  const view = await drawn(chart);
  expect(marks(view, "symbol").filter(({ size }) => size === 36).length).toBe(3);
  expect((view.scale("y") as { domain: () => number[] }).domain()).toEqual([18.4, 41.6]);
  const [curves] = chart.spec["layer"] as readonly { readonly mark: { readonly clip: boolean } }[];
  expect(curves!.mark.clip).toBe(true);
  expect(texts(view)).toContain("1,800".replace(",", "")); // a year has no comma
});

test("a curve is drawn in the order of its points, also where it goes back", async () => {
  const back = { name: "back", x: [1900, 1800, 2000], y: [20, 30, 40] };
  const view = await drawn(fit(points, [back], options));
  const xs = marks(view, "line").map(({ x }) => x as number);
  expect(xs.length).toBe(3);
  expect(xs[1]).toBeLessThan(xs[0]!);
});

test("several groups of points, and no curve, can be drawn", async () => {
  const other = { name: "held out", x: [1850], y: [35] };
  const view = await drawn(fit([points, other], [], options));
  expect(texts(view)).toEqual(expect.arrayContaining(["seen", "held out"]));
});

test("the alt text says how far points and curves reach", () => {
  expect(fit(points, [curve], options).alt).toBe(
    "Points and curves: A wild curve. length (words) against year. degree 9: a curve between 20 and 9,000. seen: 3 points between 20 and 40.",
  );
});

test("what cannot be drawn is refused", () => {
  expect(() => fit({ name: "seen", x: [1, 2], y: [1] }, [], options)).toThrow(
    new ShapeError(
      "fit seen: expected 2 entries, one for each x, got 1; cut or fill the longer list",
    ),
  );
  expect(() => fit(points, [{ name: "p", x: [1], y: [NaN] }], options)).toThrow(DataError);
  const many = Array.from({ length: 6 }, (_, i) => ({ ...curve, name: `degree ${i}` }));
  expect(() => fit(points, many, options)).toThrow(
    new DataError(
      "fit: expected at most 6 groups and curves, got 7; draw the rest in a second chart",
    ),
  );
});
