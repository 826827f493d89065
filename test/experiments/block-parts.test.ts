import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { variants, variantTraining, type Variant } from "../../src/experiments/block-parts.ts";
import { bookText } from "../../src/experiments/book-batches.ts";
import { trainNormPlace } from "../../src/experiments/norm-place.ts";

beforeAll(() => useEngine());

const text = bookText({ seed: 1 });

test("every variant lacks something, but for the whole", () => {
  const names = Object.entries(variants).map(([name, parts]) => [name, Object.keys(parts).length]);
  expect(names.filter(([, parts]) => parts === 0)).toEqual([["whole", 0]]);
});

test.each<Variant>(["whole", "no residual"])("%s: twenty steps lower the loss", async (name) => {
  const before = tf.memory().numTensors;
  const training = variantTraining(name, text, { seed: 1 });
  const losses: number[] = [];
  for await (const { loss } of training.steps()) if (losses.push(loss) === 20) break;
  const held = await training.heldOutLoss();
  training.dispose();

  expect(losses[19]).toBeLessThan(losses[0]! - 0.5);
  expect(held).toBeLessThan(losses[0]!);
  expect(held).toBeGreaterThan(2);
  expect(tf.memory().numTensors).toBe(before);
});

test("a model with either place of the norm learns, and is freed", async () => {
  const before = tf.memory().numTensors;
  for (const norm of ["before", "after"] as const) {
    const losses: number[] = [];
    const place = { norm, layers: 1, rate: 1e-2, seed: 1 };
    for await (const { loss } of trainNormPlace(text, place)) if (losses.push(loss) === 20) break;
    expect(losses[19]).toBeLessThan(losses[0]! - 0.5);
  }
  expect(tf.memory().numTensors).toBe(before);
});
