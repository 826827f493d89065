import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { change, shiftedHead } from "../../src/experiments/shifted-sentence.ts";
import { depth, stacks, streamSizes, type Stack } from "../../src/experiments/stream-depth.ts";

beforeAll(() => useEngine());

function sizesOf(stack: Stack): ReturnType<typeof streamSizes> {
  const ids = tf.tensor2d(
    Array.from({ length: 32 }, (_, t) => t % 8),
    [1, 32],
    "int32",
  );
  const sizes = streamSizes(stack, { x: ids, y: ids }, { vocabulary: 8, seed: 1 });
  ids.dispose();
  return sizes;
}

test("there is a size before each layer and after the last, and nothing stays in memory", () => {
  const before = tf.memory().numTensors;
  for (const stack of Object.keys(stacks) as Stack[]) {
    const { signal, gradient } = sizesOf(stack);
    expect(signal).toHaveLength(depth + 1);
    expect(gradient).toHaveLength(depth + 1);
    expect(gradient.every((each) => each > 0)).toBe(true);
  }
  expect(tf.memory().numTensors).toBe(before);
});

test("a norm after each part makes every number of the stream about 1", () => {
  const { signal } = sizesOf("residual, norm after");
  for (const each of signal.slice(1)) expect(each).toBeCloseTo(1, 2);
});

test("the gradient is that of the loss: it says what a small change of the stream does", () => {
  // Without residual and norm all of it goes through each layer, so it must shrink where the signal does.
  const { signal, gradient } = sizesOf("neither residual nor norm");
  expect(signal[depth]! / signal[0]!).toBeLessThan(1e-2);
  expect(gradient[0]! / gradient[depth]!).toBeLessThan(1e-2);
});

test("moving the sentence changes the scores of added positions, not of turned ones or of none", () => {
  const head = shiftedHead({ seed: 1 });
  const moved = (kind: "none" | "sinusoids" | "learned" | "rotary"): number =>
    change(head.scores(kind, 0), head.scores(kind, 20));

  expect(moved("none")).toBe(0);
  expect(moved("rotary")).toBe(0);
  expect(moved("sinusoids")).toBeGreaterThan(0.1);
  expect(moved("learned")).toBeGreaterThan(0.1);
  // Turned ones do see where words stand: two sentences whose words are further apart would differ.
  expect(change(head.scores("none", 0), head.scores("rotary", 0))).toBeGreaterThan(0.1);
  expect(change(head.waves(0), head.waves(20))).toBe(0);
  head.dispose();
});

test("a change is measured in the spread of what was before", () => {
  expect(change([[1, 3]], [[2, 4]])).toBeCloseTo(1, 12); // √(1 + 1) beside √(1 + 1)
  expect(change([[1, 3]], [[1, 3 + 1e-7]])).toBe(0);
});
