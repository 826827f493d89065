import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import {
  armAccuracy,
  DEEP,
  learnArms,
  scores,
  spirals,
  spiralTask,
  tensorNetwork,
  WIDE,
} from "../../src/experiments/depth.ts";

beforeAll(async () => {
  await useEngine();
});

test("both networks have 361 numbers to learn", () => {
  for (const sizes of [WIDE, DEEP]) {
    const network = tensorNetwork(sizes, { seed: 1 });
    const numbers = network.flatMap(({ weight, bias }) => [weight.size, bias.size]);
    expect(numbers.reduce((sum, size) => sum + size, 0)).toBe(361);
    tf.dispose(network as unknown as tf.TensorContainer);
  }
});

test("the second arm is the first one turned by half a circle", () => {
  const { points, arms } = spirals({ count: 4000, seed: 1 });
  expect(arms.slice(0, 4)).toEqual([0, 1, 0, 1]);
  const off = points.map(([x, y], i) => {
    const radius = Math.hypot(x, y);
    const turned = Math.atan2(y, x) - (radius * 2.5 + arms[i]!) * Math.PI;
    return Math.abs(Math.atan2(Math.sin(turned), Math.cos(turned))); // 0 on the arm, π on the other one
  });
  expect(off.sort((a, b) => a - b)[2000]).toBeLessThan(0.4);
  const reach = Math.max(...points.map(([x, y]) => Math.hypot(x, y)));
  expect(reach).toBeGreaterThan(1.9);
  expect(reach).toBeLessThan(2.3);
});

test("the arms do not mix: the nearest of the seen points nearly always has the same arm", () => {
  const { seen, heldOut } = spiralTask({ seed: 1 });
  expect([seen.points.length, heldOut.points.length]).toEqual([500, 1000]);
  const right = heldOut.points.filter(([x, y], i) => {
    const distances = seen.points.map(([a, b]) => Math.hypot(a - x, b - y));
    return seen.arms[distances.indexOf(Math.min(...distances))] === heldOut.arms[i];
  });
  expect(right.length / 1000).toBeGreaterThan(0.95);
});

test("a network of tensors bends all layers but the last", () => {
  const network = tensorNetwork([2, 3, 1], { seed: 5 });
  const [w1, w2] = network.map(({ weight }) => weight.arraySync());
  const at = [0.3, -0.7];
  const hidden = [0, 1, 2].map((j) => Math.tanh(at[0]! * w1![0]![j]! + at[1]! * w1![1]![j]!));
  const expected = hidden.reduce((sum, h, j) => sum + h * w2![j]![0]!, 0);
  const before = tf.memory().numTensors;
  const said = tf.tidy(() => scores(tf.tensor2d([at]), network).dataSync()[0]!);
  expect(said).toBeCloseTo(expected, 5);
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose(network as unknown as tf.TensorContainer);
});

test("a deep network learns the arms, and leaves no tensor behind", async () => {
  const before = tf.memory().numTensors;
  const task = spiralTask({ seed: 2 });
  const network = tensorNetwork(DEEP, { seed: 2 });
  const first = armAccuracy(task.heldOut, network);
  let last = 0;
  for await (const { step, heldOut } of learnArms(network, task)) {
    last = heldOut;
    if (step === 400) break;
  }
  expect(first).toBeLessThan(0.7);
  expect(last).toBeGreaterThan(0.85);
  tf.dispose(network as unknown as tf.TensorContainer);
  expect(tf.memory().numTensors).toBe(before);
});
