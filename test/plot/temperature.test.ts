import { expect, test } from "vitest";

import { slider } from "../../src/plot/slider.ts";
import { temperatureBars } from "../../src/plot/temperature.ts";
import { drawn, marks } from "./drawn.ts";

const logits = { the: 1000 + Math.log(8), a: 1000 + Math.log(2), whale: 1000 };

async function probabilities(temperature?: number): Promise<number[]> {
  const view = await drawn(temperatureBars(logits));
  if (temperature !== undefined) await view.signal("temperature", temperature).runAsync();
  return marks(view, "rect").flatMap(({ datum }) =>
    datum !== undefined && "v" in (datum as object) ? [(datum as { v: number }).v] : [],
  );
}

function expectNear(got: readonly number[], expected: readonly number[]): void {
  expect(got).toHaveLength(expected.length);
  got.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 4));
}

test("at temperature 1 the bars are the softmax of the logits, also of huge ones", async () => {
  expectNear(await probabilities(), [8 / 11, 2 / 11, 1 / 11]);
});

test("the slider sharpens and flattens them as the formula says, in the browser's own arithmetic", async () => {
  expectNear(await probabilities(0.5), [64 / 69, 4 / 69, 1 / 69]);
  expectNear(await probabilities(3), [
    2 / (2 + 2 ** (1 / 3) + 1),
    2 ** (1 / 3) / (2 + 2 ** (1 / 3) + 1),
    1 / (2 + 2 ** (1 / 3) + 1),
  ]);
});

test("the picture and the alt text show the slider's start", () => {
  const temperature = slider("temperature", { from: 0.5, to: 2, step: 0.5, start: 0.5 });

  expect(temperatureBars({ a: 0, b: Math.log(3) }, { title: "Next word", temperature }).alt).toBe(
    "Bar chart: Next word. probability of 2 bars, by word, largest first. “b” 0.9, “a” 0.1. A slider changes temperature from 0.5 to 2; shown at 0.5.",
  );
});
