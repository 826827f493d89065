import { expect, test } from "vitest";

import { ConfigError, DataError } from "../../src/core/errors.ts";
import { surface } from "../../src/plot/surface.ts";
import { drawn, marks } from "./drawn.ts";

const bowl = (x: number, y: number): number => (x - 1) ** 2 + (y + 2) ** 2 + 1;
const x = { name: "slope", range: [-3, 5] } as const;
const y = { name: "start", range: [-6, 2] } as const;
const walk = { name: "rate 0.1", x: [-2, 0, 1], y: [1, -1, -2] };

/** The cell that covers a place of the axes. */
function cellAt(cells: Readonly<Record<string, unknown>>[], at: { x: number; y: number }) {
  return cells.find(({ datum }) => {
    const cell = datum as Record<"x" | "x2" | "y" | "y2", number>;
    return cell.x <= at.x && at.x < cell.x2 && cell.y <= at.y && at.y < cell.y2;
  })!;
}

test("the lowest place is white, the highest dark, each where it belongs", async () => {
  const view = await drawn(surface(bowl, { title: "A bowl", x, y, value: "loss" }));
  const cells = marks(view, "rect").filter(({ datum }) => datum !== undefined);
  const low = cellAt(cells, { x: 1.1, y: -1.9 });
  const high = cellAt(cells, { x: -2.95, y: 1.95 });
  expect(low.fill).toMatch(/^rgb\(24\d, 25\d, 255\)$/);
  expect(high.fill).not.toBe(low.fill);
  const middle = ({ datum }: (typeof cells)[number]): number[] => {
    const cell = datum as Record<"x" | "x2" | "y" | "y2" | "v", number>;
    return [(cell.x + cell.x2) / 2, (cell.y + cell.y2) / 2, cell.v];
  };
  const [mx, my, v] = middle(high);
  expect(Math.abs(v! - bowl(mx!, my!))).toBeLessThan(30 / 48 + 0.1); // 24 heights over a range of 30
});

test("a path has a point for each step, in order", async () => {
  const view = await drawn(surface(bowl, { title: "A bowl", x, y, value: "loss", paths: [walk] }));
  const [scaleX, scaleY] = ["x", "y"].map((name) => view.scale(name) as (value: number) => number);
  const line = marks(view, "line");
  expect(line.map((point) => point.x)).toEqual(walk.x.map((at) => scaleX!(at)));
  expect(line.map((point) => point.y)).toEqual(walk.y.map((at) => scaleY!(at)));
});

test("with a logarithm the colours part low heights too", async () => {
  const steep = (at: number): number => 10 ** at;
  const fills = async (log: boolean): Promise<number> => {
    const value = { name: "loss", log };
    const view = await drawn(surface(steep, { title: "Steep", x, y, value }));
    const cells = marks(view, "rect").filter(({ datum }) => datum !== undefined);
    return new Set(cells.map(({ fill }) => fill)).size;
  };
  expect(await fills(true)).toBeGreaterThan((await fills(false)) + 5);
});

test("the alt text says the lowest and the highest place and every walk", () => {
  const chart = surface(bowl, { title: "A bowl", x, y, value: "loss", paths: [walk] });
  expect(chart.alt).toBe(
    "Surface: A bowl. loss over slope and start. Lowest 1.03 near slope 0.9, start -2.15, highest 31 near slope 4.9, start -5.85. Path rate 0.1: 2 steps from (-2, 1) to (1, -2).",
  );
});

test("what cannot be drawn is refused", () => {
  const options = { title: "t", x, y, value: "loss" };
  expect(() => surface(bowl, { ...options, x: { name: "slope", range: [2, 2] } })).toThrow(
    new ConfigError(
      "surface slope: expected a range [low, high] with low < high, got [2, 2]; swap them",
    ),
  );
  expect(() => surface(() => NaN, options)).toThrow(DataError);
  expect(() => surface(() => -1, { ...options, value: { name: "loss", log: true } })).toThrow(
    /^surface: expected numbers above 0 on a logarithmic axis/,
  );
  const paths = Array.from({ length: 6 }, (_, i) => ({ ...walk, name: String(i) }));
  expect(() => surface(bowl, { ...options, paths })).toThrow(
    new DataError("surface: expected at most 5 paths, got 6; draw the rest in a second chart"),
  );
});
