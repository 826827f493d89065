import { expect, test } from "vitest";

import { samplingBars } from "../../src/plot/sampling.ts";
import { drawn, marks } from "./drawn.ts";

// Probabilities 8/16, 4/16, 2/16, 1/16, 1/16, far from 0 so that exp alone would overflow.
const logits = [8, 4, 2, 1, 1].map((n, i) => [`t${String(i)}`, 1000 + Math.log(n)] as const);

async function probabilities(
  knobs: Readonly<Record<string, number>>,
  options: { readonly most?: number } = {},
): Promise<number[]> {
  const view = await drawn(samplingBars(logits, options));
  for (const [name, value] of Object.entries(knobs)) view.signal(name, value);
  await view.runAsync();
  return marks(view, "rect").flatMap(({ datum }) =>
    datum !== undefined && "v" in (datum as object) ? [(datum as { v: number }).v] : [],
  );
}

function expectNear(got: readonly number[], expected: readonly number[]): void {
  expect(got).toHaveLength(expected.length);
  got.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 4));
}

test("untouched, the bars are the softmax of the logits", async () => {
  expectNear(await probabilities({}), [8 / 16, 4 / 16, 2 / 16, 1 / 16, 1 / 16]);
});

test("temperature squares and roots the odds", async () => {
  const sum = 64 + 16 + 4 + 1 + 1;

  expectNear(
    await probabilities({ temperature: 0.5 }),
    [64, 16, 4, 1, 1].map((n) => n / sum),
  );
});

test("top k keeps so many, of equals the first, and shares out the rest", async () => {
  expectNear(await probabilities({ top_k: 4 }), [8 / 15, 4 / 15, 2 / 15, 1 / 15, 0]);
  expectNear(await probabilities({ top_k: 1 }), [1, 0, 0, 0, 0]);
});

test("top p keeps the fewest that reach it, one at least", async () => {
  expectNear(await probabilities({ top_p: 0.45 }), [1, 0, 0, 0, 0]);
  expectNear(await probabilities({ top_p: 0.55 }), [8 / 12, 4 / 12, 0, 0, 0]);
  expectNear(await probabilities({ top_p: 0.05 }), [1, 0, 0, 0, 0]);
});

test("top p counts what top k has left, after temperature", async () => {
  // Of 8, 4 and 2: 8/14 does not reach 0.6, 12/14 does. Squared, 64/84 does.
  expectNear(await probabilities({ top_k: 3, top_p: 0.6 }), [8 / 12, 4 / 12, 0, 0, 0]);
  expectNear(await probabilities({ top_k: 3, top_p: 0.6, temperature: 0.5 }), [1, 0, 0, 0, 0]);
});

test("tokens that are not drawn count in the probabilities of those that are", async () => {
  expectNear(await probabilities({}, { most: 2 }), [8 / 16, 4 / 16]);
});

test("the alt text says what is drawn and names the three sliders", () => {
  expect(samplingBars(logits, { title: "Next", most: 2 }).alt).toBe(
    "Bar chart: Next. probability of 2 bars, by token, largest first. “t0” 0.5, “t1” 0.25. Only the largest 2 of 5 are drawn. A slider changes temperature from 0.1 to 3; shown at 1. A slider changes top_k from 1 to 5; shown at 5. A slider changes top_p from 0.05 to 1; shown at 1.",
  );
});
