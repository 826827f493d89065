import { expect, test } from "vitest";

import { DataError, ShapeError } from "../../src/core/errors.ts";
import { tokenStrip } from "../../src/plot/tokens.ts";
import { drawn, marks, texts } from "./drawn.ts";

const options = { value: "probability" };

test("each token is a box with its number, and spaces and line breaks are seen", async () => {
  const chart = tokenStrip(["The", " cat", "\n"], [0.5, 0.25, 1], options);

  expect(texts(await drawn(chart))).toEqual(
    expect.arrayContaining(["The", "␣cat", "⏎", "0.50", "0.25", "1.00", "probability"]),
  );
  expect(chart.alt).toBe(
    "Token strip: The token with the lowest probability: “␣cat” 0.25. 3 tokens with their probability, mean 0.583. “The” 0.5, “␣cat” 0.25, “⏎” 1.",
  );
});

test("boxes hold their words, keep apart, and wrap within 480 pixels", async () => {
  const words = "the incomprehensibility of 标记 and of whales".split(" ");
  const tokens = Array.from({ length: 40 }, (_, i) => words[i % words.length] ?? "");
  const chart = tokenStrip(
    tokens,
    tokens.map((_, i) => i / 40),
    options,
  );
  const boxes = marks(await drawn(chart), "rect").filter(
    ({ datum }) => datum !== undefined && "w" in (datum as object),
  ) as unknown as { x: number; y: number; width: number }[];

  expect(boxes).toHaveLength(40);
  expect(new Set(boxes.map(({ y }) => y)).size).toBeGreaterThan(3);
  boxes.forEach((box, i) => {
    expect(box.x + box.width).toBeLessThanOrEqual(480);
    const next = boxes[i + 1];
    if (next?.y === box.y) expect(next.x).toBeGreaterThanOrEqual(box.x + box.width);
  });
});

test("of a long text the alt text names the ends and quotes the whole", () => {
  const tokens = Array.from({ length: 13 }, (_, i) => `w${String(i)}`);

  expect(
    tokenStrip(
      tokens,
      tokens.map((_, i) => i),
      { value: "loss", title: "A text" },
    ).alt,
  ).toBe(
    "Token strip: A text. 13 tokens with their loss, mean 6. Lowest: “w0” 0, “w1” 1, “w2” 2; highest: “w12” 12, “w11” 11, “w10” 10. The text: w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12",
  );
});

test("what cannot be drawn is refused with who, expected, got", () => {
  expect(() => tokenStrip(["a", "b"], [1], options)).toThrow(
    new ShapeError(
      "tokenStrip values: expected 2 entries, one for each token, got 1; cut or fill the longer list",
    ),
  );
  expect(() => tokenStrip([], [], options)).toThrow(
    new DataError(
      "tokenStrip values: expected at least one number, got none; wait for the first value",
    ),
  );
  expect(() =>
    tokenStrip(Array(501).fill("a") as string[], Array(501).fill(1) as number[], options),
  ).toThrow(new DataError("tokenStrip: expected at most 500 tokens, got 501; draw a part"));
});
