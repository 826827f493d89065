import { expect, test } from "vitest";

import { placeLabels } from "../../src/plot/label-places.ts";

const size = [11, 480, 340] as const;

test("a lonely label stands to the right, at the right edge to the left", () => {
  expect(
    placeLabels(
      [
        { x: 100, y: 100, label: "cat" },
        { x: 470, y: 200, label: "dog" },
      ],
      ...size,
    ),
  ).toEqual(["right", "left"]);
});

test("a label goes round its neighbours and is left out where no side is free", () => {
  const column = [100, 112].map((y) => ({ x: 100, y, label: "leviathan" }));
  expect(placeLabels(column, ...size)).toEqual(["right", "left"]);

  const row = [100, 130].map((x) => ({ x, y: 100, label: "leviathan" }));
  expect(placeLabels(row, ...size)).toEqual(["left", "right"]);

  const heap = Array.from({ length: 9 }, (_, i) => ({
    x: 100 + (i % 3) * 5,
    y: 100 + Math.floor(i / 3) * 5,
    label: "leviathan",
  }));
  expect(placeLabels(heap, ...size)).toContain(undefined);
});
