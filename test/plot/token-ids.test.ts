import { expect, test } from "vitest";

import { DataError, ShapeError } from "../../src/core/errors.ts";
import { idStrip } from "../../src/plot/token-ids.ts";
import { drawn, marks, texts } from "./drawn.ts";

test("each token is a box with its id, and spaces are seen", async () => {
  const chart = idStrip(["str", " berry"], [496, 15717]);

  expect(texts(await drawn(chart))).toEqual(
    expect.arrayContaining(["str", "␣berry", "496", "15,717"]),
  );
  expect(chart.alt).toBe("Token ids: 2 tokens. 2 tokens: “str” 496, “␣berry” 15717.");
});

test("a large id looks like a small one, and no legend ranks them", async () => {
  const view = await drawn(idStrip(["a", "b"], [1, 100_000], { title: "Names" }));
  const boxes = marks(view, "rect").filter(
    ({ datum }) => datum !== undefined && "w" in (datum as object),
  ) as unknown as { fill: string }[];

  expect(boxes).toHaveLength(2);
  expect(new Set(boxes.map(({ fill }) => fill)).size).toBe(1);
  expect(texts(view)).not.toContain("id");
});

test("refuses ids that do not fit the tokens, and texts too long for a picture", () => {
  expect(() => idStrip(["a", "b"], [1])).toThrow(
    new ShapeError(
      "idStrip ids: expected 2 entries, one for each token, got 1; cut or fill the longer list",
    ),
  );
  expect(() => idStrip(Array(501).fill("a") as string[], new Uint32Array(501))).toThrow(
    new DataError("idStrip: expected at most 500 tokens, got 501; draw a part"),
  );
});
