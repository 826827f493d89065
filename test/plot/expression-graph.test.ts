import { expect, test } from "vitest";

import { Value } from "../../src/autograd/value.ts";
import { DataError } from "../../src/core/errors.ts";
import { expressionGraph } from "../../src/plot/expression-graph.ts";
import { drawn, marks, texts } from "./drawn.ts";

/** (w·x + b − 4)² at w = 2, x = 3, b = −1. */
function example(): Value {
  const [w, x, b] = [new Value(2, "w"), new Value(3, "x"), new Value(-1, "b")];
  return w.times(x).plus(b).minus(4).power(2);
}

test("each number has a box with its name or operation, its value and its gradient", async () => {
  const L = example();
  L.backward();
  const view = await drawn(expressionGraph(L, { title: "The loss" }));
  expect(marks(view, "rect").filter(({ datum }) => datum !== undefined).length).toBe(8);
  const written = texts(view);
  for (const text of ["w", "x", "b", "number", "×", "+", "−", "^ 2", "∂ 6", "∂ 4", "∂ 2", "∂ -2"])
    expect(written).toContain(text);
});

test("an arrow leads from each input to its result, with the local derivative on it", async () => {
  const L = example();
  L.backward();
  const view = await drawn(expressionGraph(L, { title: "The loss" }));
  const arrows = marks(view, "rule");
  expect(arrows.length).toBe(7);
  for (const { x, x2 } of arrows) expect(x2 as number).toBeGreaterThan(x as number);
  // Along w stands x and along x stands w; + passes both on, − turns the sign of the second.
  const slopes = arrows.map(({ datum }) => (datum as { slope: string }).slope).sort();
  expect(slopes).toEqual(["-1", "1", "1", "1", "2", "2", "3"]);
});

test("a number that is used twice has one box and two arrows", async () => {
  const a = new Value(3, "a");
  const view = await drawn(expressionGraph(a.times(a), { title: "A square" }));
  expect(marks(view, "rect").filter(({ datum }) => datum !== undefined).length).toBe(2);
  expect(marks(view, "rule").length).toBe(2);
});

test("no two boxes lie on each other, and a number stands left of all that need it", async () => {
  const [a, b] = [new Value(1, "a"), new Value(2, "b")];
  const sum = a.plus(b);
  const L = sum.times(a).plus(sum.tanh().times(b));
  const view = await drawn(expressionGraph(L, { title: "Shared" }));
  const boxes = marks(view, "rect").filter(({ datum }) => datum !== undefined);
  const places = boxes.map(({ x, y }) => `${Math.round(x as number)} ${Math.round(y as number)}`);
  expect(new Set(places).size).toBe(boxes.length);
  for (const { x, x2 } of marks(view, "rule")) expect(x2 as number).toBeGreaterThan(x as number);
});

test("gradients can be left out, and the alt text says it all", () => {
  const L = example();
  expect(expressionGraph(L, { title: "The loss", gradients: false }).alt).toBe(
    "Graph of an expression: The loss. w = 2; x = 3; × of w and x = 6; b = -1; + of × and b = 5; number = 4; − of + and number = 1; ^ 2 of − = 1.",
  );
  L.backward();
  expect(expressionGraph(L, { title: "The loss" }).alt).toContain("w = 2, gradient 6");
});

test("an expression too large to be read is refused", () => {
  let end = new Value(1);
  for (let i = 0; i < 30; i++) end = end.tanh();
  expect(() => expressionGraph(end, { title: "Long" })).toThrow(
    new DataError(
      "expressionGraph: expected at most 24 numbers in 7 columns, got at least 9 in 9; draw a part of the expression",
    ),
  );
});
