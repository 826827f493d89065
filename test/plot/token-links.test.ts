import { expect, test } from "vitest";

import { ConfigError, ShapeError } from "../../src/core/errors.ts";
import { tokenLinks } from "../../src/plot/token-links.ts";
import { drawn, marks } from "./drawn.ts";

const tokens = ["The", " cat", " sat"];
const weights = [
  [1, 0, 0],
  [0.25, 0.75, 0],
  [0.5, 0.3, 0.2],
];

test("the numbers are those of the word that was clicked, at first of the last", async () => {
  const chart = tokenLinks(tokens, weights, { value: "attention weight" });
  const view = await drawn(chart);
  const boxes = () =>
    marks(view, "rect").filter(({ datum }) => datum !== undefined && "w" in (datum as object));
  const values = () => boxes().map(({ datum }) => (datum as { v: number }).v);
  const edges = () => boxes().map(({ strokeWidth }) => strokeWidth);

  expect(values()).toEqual([0.5, 0.3, 0.2]);
  expect(edges()).toEqual([0.5, 0.5, 3]);
  // What a click on the second box writes into the selection's store.
  await view
    .insert("word_store", [{ unit: "layer_0", fields: [{ type: "E", field: "k" }], values: [1] }])
    .runAsync();
  expect(values()).toEqual([0.25, 0.75, 0]);
  expect(edges()).toEqual([0.5, 3, 0.5]);
});

test("the alt text says which word is shown", () => {
  expect(tokenLinks(tokens, weights, { value: "attention weight", start: 1 }).alt).toBe(
    "Token strip: Click a word to see what it looks at. Shown: what “␣cat”, token 1, looks at. 3 tokens with their attention weight, mean 0.333. “The” 0.25, “␣cat” 0.75, “␣sat” 0.",
  );
});

test("a matrix that is not square over the tokens, and a start beyond them, are refused", () => {
  expect(() => tokenLinks(tokens, [[1, 0, 0]], { value: "w" })).toThrow(
    new ShapeError(
      "tokenLinks weights: expected 3 entries, one for each token, got 1; cut or fill the longer list",
    ),
  );
  expect(() => tokenLinks(tokens, weights, { value: "w", start: 3 })).toThrow(
    new ConfigError("tokenLinks: expected start between 0 and 2, got 3; tokens count from 0"),
  );
});
