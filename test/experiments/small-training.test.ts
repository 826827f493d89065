import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { bookText, windows } from "../../src/experiments/book-batches.ts";
import { trainSmall } from "../../src/experiments/small-training.ts";

beforeAll(() => useEngine());

test("a line is fitted: the loss falls, and only the variables remain", async () => {
  const w = tf.variable(tf.scalar(0));
  const before = tf.memory().numTensors;
  const draw = (): { x: tf.Tensor1D } => ({ x: tf.tensor1d([1, 2, 3]) });
  const loss = ({ x }: { x: tf.Tensor1D }): tf.Scalar =>
    tf.mean(tf.square(tf.sub(tf.mul(x, w), tf.mul(x, 2))));
  const losses: number[] = [];
  for await (const { step, loss: each } of trainSmall({
    variables: [w],
    loss,
    draw,
    steps: 120,
    rate: 0.1,
  })) {
    losses.push(each);
    expect(step).toBe(losses.length);
  }

  expect(losses).toHaveLength(120);
  expect(losses[0]).toBeCloseTo((4 * (1 + 4 + 9)) / 3, 4); // w = 0
  expect(losses.at(-1)).toBeLessThan(0.1);
  expect(tf.memory().numTensors).toBe(before);
});

test("the rate rises and falls: the first and the last steps are small", async () => {
  const w = tf.variable(tf.scalar(0));
  const places: number[] = [];
  const draw = (): { x: tf.Tensor1D } => ({ x: tf.tensor1d([1]) });
  // A constant slope: each step of AdamW is as long as the rate.
  const loss = ({ x }: { x: tf.Tensor1D }): tf.Scalar => tf.sum(tf.mul(x, w));
  const training = { variables: [w], loss, draw, steps: 40, rate: 0.1, warmUp: 10 };
  for await (const event of trainSmall(training)) places.push(event.loss);

  const lengths = places.slice(1).map((place, i) => places[i]! - place);
  expect(lengths[0]).toBeCloseTo(0.1 * 0.1 * ((1 + Math.cos(Math.PI / 40)) / 2), 4);
  expect(lengths[19]).toBeCloseTo(0.05, 3); // half of the way: half of the rate
  expect(lengths[38]).toBeLessThan(0.001);
});

test("windows are pieces of the text and what follows, and chapters held out are not read", () => {
  const { read, held, vocabulary } = bookText({ seed: 1 });
  const { x, y } = windows(read, { batch: 3, context: 10, seed: 1 })();
  const [rows, next] = [x.arraySync(), y.arraySync()];

  expect(x.shape).toEqual([3, 10]);
  expect(next.map((row) => row.slice(0, -1))).toEqual(rows.map((row) => row.slice(1)));
  const text = `,${read.join()},`;
  for (const row of rows) expect(text).toContain(`,${row.join()},`);
  expect(read.reduce((a, b) => Math.max(a, b))).toBeLessThan(vocabulary);
  expect(text).not.toContain(`,${held.slice(100, 200).join()},`);
  expect(held.length / (read.length + held.length)).toBeGreaterThan(0.04);
});
