import { expect, test } from "vitest";

import { keepExtremes } from "../../src/plot/downsample.ts";

test("a short series keeps all its points", () => {
  expect(keepExtremes([3, 1, 2])).toEqual([0, 1, 2]);
});

test("each stretch keeps its lowest and its highest, and the ends stay", () => {
  expect(keepExtremes([5, 1, 9, 5, 5, 2, 8, 5], undefined, 6)).toEqual([0, 1, 2, 5, 6, 7]);
});

test("a long series keeps at most 500, in order, with the one peak", () => {
  const values = Array.from({ length: 100_000 }, (_, i) =>
    i === 54_321 ? 10 : Math.sin(i / 1000),
  );
  const kept = keepExtremes(values);

  expect(kept.length).toBeLessThanOrEqual(500);
  expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
  expect(kept).toContain(54_321);
  expect([kept[0], kept.at(-1)]).toEqual([0, 99_999]);
});

test("on a logarithmic axis the few points on the left stay, since they fill half the picture", () => {
  const ranks = Array.from({ length: 17_000 }, (_, i) => i + 1);
  const kept = keepExtremes(
    ranks.map((rank) => 14_000 / rank + (rank % 2)),
    ranks.map((rank) => Math.log10(rank)),
  );

  expect(kept.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  expect(kept.length).toBeLessThanOrEqual(500);
});
