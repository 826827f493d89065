import { expect, test } from "vitest";

import { ConfigError, DataError, ShapeError } from "../../src/core/errors.ts";
import { attentionLines } from "../../src/plot/attention-lines.ts";
import { drawn, marks, texts } from "./drawn.ts";

const words = ["the", "cat", "sat"];
const heads = [
  [
    [1, 0, 0],
    [0.25, 0.75, 0],
    [0.5, 0.3, 0.2],
  ],
  [
    [0, 0, 1],
    [0.01, 0.99, 0],
    [0, 1, 0],
  ],
];

/** What is drawn between the words: [head, from, to, thickness, opacity]. */
async function linesOf(chart: ReturnType<typeof attentionLines>, chosen?: number) {
  const view = await drawn(chart);
  if (chosen !== undefined)
    await view
      .insert("from_store", [
        { unit: "layer_2", fields: [{ type: "E", field: "i" }], values: [chosen] },
      ])
      .runAsync();
  return marks(view, "rule")
    .filter(({ datum }) => datum !== undefined && "from" in (datum as object))
    .map(({ datum, strokeWidth, opacity, y, y2 }) => {
      const { h, from, to, v } = datum as { h: number; from: string; to: string; v: number };
      return { h, from, to, v, strokeWidth, opacity, y: Number(y), y2: Number(y2) };
    });
}

test("each weight that can be seen is a line between its words, as thick as the weight", async () => {
  const lines = await linesOf(attentionLines(words, heads));

  expect(lines.map(({ h, from, to, v }) => `${String(h)} ${from} ${to} ${String(v)}`)).toEqual([
    "0 the the 1",
    "0 cat the 0.25",
    "0 cat cat 0.75",
    "0 sat the 0.5",
    "0 sat cat 0.3",
    "0 sat sat 0.2",
    "1 the sat 1",
    "1 cat cat 0.99",
    "1 sat cat 1",
  ]);
  expect(lines[0]?.strokeWidth).toBe(7);
  expect(lines[1]?.strokeWidth).toBe(7 * 0.25);
  // Level when a word looks at itself, upwards when it looks back.
  expect(lines[0]?.y).toBe(lines[0]?.y2);
  expect(lines[1]!.y).toBeGreaterThan(lines[1]!.y2);
});

test("without a start all lines are drawn, with one those of its word, after a click those of that", async () => {
  const bright = (lines: Awaited<ReturnType<typeof linesOf>>) => [
    ...new Set(lines.filter(({ opacity }) => opacity === 0.75).map(({ from }) => from)),
  ];

  expect(bright(await linesOf(attentionLines(words, heads)))).toEqual(["the", "cat", "sat"]);
  expect(bright(await linesOf(attentionLines(words, heads, { start: 1 })))).toEqual(["cat"]);
  expect(bright(await linesOf(attentionLines(words, heads, { start: 1 }), 2))).toEqual(["sat"]);
});

test("each head has its name and every word on both sides", async () => {
  const view = await drawn(attentionLines(words, heads, { headNames: ["who", "whom"] }));
  const written = texts(view);

  expect(written.filter((text) => text === "cat")).toHaveLength(4);
  expect(written).toContain("who");
  expect(written).toContain("whom");
});

test("the alt text says what each word looks at most, in each head", () => {
  expect(attentionLines(words, heads, { title: "Two heads" }).alt).toBe(
    "Lines of attention: Two heads. 3 words, 2 heads. What each looks at most, head 1: the → the 1, cat → cat 0.75, sat → the 0.5. head 2: the → sat 1, cat → cat 0.99, sat → cat 1. A click on a word of the left column keeps its lines.",
  );
  expect(attentionLines(words, heads, { start: 1 }).alt).toContain(
    "Shown: the lines of “cat”, word 1. What each looks at most, head 1: cat → cat 0.75. head 2: cat → cat 0.99.",
  );
});

test("what is no attention is refused", () => {
  expect(() => attentionLines(words, [])).toThrow(
    new DataError("attentionLines: expected 1 to 8 heads, got 0; draw a part"),
  );
  expect(() => attentionLines(words, [[[1, 0, 0]]])).toThrow(
    new ShapeError(
      "attentionLines head 0: expected 3 entries, one for each word, got 1; cut or fill the longer list",
    ),
  );
  expect(() => attentionLines(["a"], [[[2.5]]])).toThrow(
    new DataError(
      "attentionLines head 0 row 0: expected weights from 0 to 1, got 2.5; these are what softmax gives, not scores",
    ),
  );
  expect(() => attentionLines(words, heads, { start: 3 })).toThrow(
    new ConfigError("attentionLines: expected start between 0 and 2, got 3; words count from 0"),
  );
  expect(() => attentionLines(words, heads, { headNames: ["who"] })).toThrow(
    new ShapeError(
      "attentionLines headNames: expected 2 entries, one for each head, got 1; cut or fill the longer list",
    ),
  );
});
