import { expect, test } from "vitest";

import {
  drawPoints,
  errorsOf,
  experiment,
  sentenceLengths,
  shuffledPoints,
} from "../../src/experiments/over-fitting.ts";

const points = sentenceLengths();

test("each year with a speech is one point, and early sentences are longer", () => {
  expect(points.x.length).toBe(231); // 233 speeches; 1953 and 1961 have two
  expect(new Set(points.x).size).toBe(231);
  const mean = (from: number): number =>
    points.y.slice(from, from + 20).reduce((a, b) => a + b) / 20;
  expect(mean(0)).toBeGreaterThan(35);
  expect(mean(211)).toBeLessThan(23);
});

test("what is seen and what is held out are all points, each once, and the seed draws them", () => {
  const { seen, heldOut } = drawPoints(points, { count: 16, seed: 1 });
  expect(seen.x.length).toBe(16);
  expect([...seen.x, ...heldOut.x].sort((a, b) => a - b)).toEqual(points.x);
  const place = points.x.indexOf(seen.x[5]!);
  expect(seen.y[5]).toBe(points.y[place]);
  expect(drawPoints(points, { count: 16, seed: 2 }).seen.x).not.toEqual(seen.x);
  expect(drawPoints(points, { count: 160, seed: 1 }).seen.x.slice(0, 16)).toEqual(seen.x);
});

test("the control keeps the years and the lengths, and parts them", () => {
  const { x, y } = shuffledPoints(points, { seed: 1 });
  expect(x).toEqual(points.x);
  expect([...y].sort()).toEqual([...points.y].sort());
  expect(y.filter((length, i) => length === points.y[i]).length).toBeLessThan(10);
});

test("the errors are those of a curve that saw the seen points alone", () => {
  const [seen, heldOut] = [
    { x: [1790, 2021], y: [10, 20] },
    { x: [1905.5], y: [18] },
  ];
  const { seen: onSeen, heldOut: onHeldOut } = errorsOf({ seen, heldOut }, { degree: 1 });
  expect(onSeen).toBeCloseTo(0, 10);
  expect(onHeldOut).toBeCloseTo(3, 10);
});

test("a perfect fit of sixteen speeches is worse than their mean, shuffled or not", async () => {
  const values = await experiment.run({ seed: 3 });
  expect(values["perfectSeen"]).toBe(0);
  expect(values["shuffledSeen"]).toBe(0);
  expect(10 ** values["perfectHeldOut"]!).toBeGreaterThan(values["meanHeldOut"]!);
  expect(10 ** values["shuffledHeldOut"]!).toBeGreaterThan(values["meanHeldOut"]!);
  expect(values["lineHeldOut"]!).toBeLessThan(values["meanHeldOut"]!);
  expect(values["moreDataHeldOut"]!).toBeLessThan(values["lineHeldOut"]!);
  expect(await experiment.run({ seed: 3 })).toEqual(values);
});
