import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";

import { Network } from "../../src/autograd/network.ts";
import type { Value } from "../../src/autograd/value.ts";
import { useEngine } from "../../src/backend/engine.ts";
import { ConfigError, ShapeError } from "../../src/core/errors.ts";

const inputs = [
  [0.5, -1],
  [-0.25, 0.75],
  [1.5, 2],
];
const targets = [1, -2, 0.5];

/** The sum of squared errors on the three examples. */
function lossOf(network: Network): Value {
  const errors = inputs.map((x, i) => network.forward(x)[0]!.minus(targets[i]!).power(2));
  return errors.reduce((sum, error) => sum.plus(error));
}

test("a network has a weight for every pair of neighbours and a bias for every neuron", () => {
  expect(new Network([2, 3, 4, 1], { seed: 1 }).parameters.length).toBe(3 * 3 + 4 * 4 + 5);
});

test("loss and gradients are those of the same network in TensorFlow.js", async () => {
  await useEngine("cpu");
  const network = new Network([2, 3, 1], { seed: 4 });
  const loss = lossOf(network);
  loss.backward();
  const numbers = network.parameters.map(({ data }) => data);
  // Each neuron's weights stand before its bias: rows of 3, then one row of 4.
  const reference = tf.tidy(() => {
    const f = (hidden: tf.Tensor, out: tf.Tensor): tf.Scalar => {
      const x = tf.concat([tf.tensor2d(inputs), tf.ones([3, 1])], 1);
      const h = tf.concat([tf.tanh(tf.matMul(x, hidden, false, true)), tf.ones([3, 1])], 1);
      const y: tf.Tensor1D = tf.squeeze(tf.matMul(h, out, false, true), [1]);
      return tf.sum(tf.square(tf.sub(y, tf.tensor1d(targets))));
    };
    const { value, grads } = tf.valueAndGrads(f)([
      tf.tensor2d(numbers.slice(0, 9), [3, 3]),
      tf.tensor2d(numbers.slice(9), [1, 4]),
    ]);
    return { loss: value.dataSync()[0]!, gradients: grads.flatMap((one) => [...one.dataSync()]) };
  });
  expect(loss.data).toBeCloseTo(reference.loss, 4);
  expect(reference.gradients.length).toBe(13);
  network.parameters.forEach(({ gradient }, i) =>
    expect(gradient).toBeCloseTo(reference.gradients[i]!, 4),
  );
});

test("two hundred steps downhill fit three examples", () => {
  const network = new Network([2, 8, 1], { seed: 1 });
  const before = lossOf(network).data;
  for (let step = 0; step < 200; step++) {
    lossOf(network).backward();
    network.descend(0.05);
  }
  expect(before).toBeGreaterThan(1);
  expect(lossOf(network).data).toBeLessThan(1e-3);
});

test("the seed decides the first weights, and the activation bends the hidden sums alone", () => {
  const dataOf = (seed: number): number[] =>
    new Network([1, 2, 1], { seed }).parameters.map(({ data }) => data);
  expect(dataOf(1)).toEqual(dataOf(1));
  expect(dataOf(1)).not.toEqual(dataOf(2));

  const straight = new Network([1, 3, 1], { seed: 1, activation: (sum) => sum });
  const at = (x: number): number => straight.forward([x])[0]!.data;
  expect(at(3) - at(2)).toBeCloseTo(at(2) - at(1), 12);
  const single = new Network([1, 1], { seed: 1 });
  expect(single.forward([100])[0]!.data).toBeCloseTo(100 * single.parameters[0]!.data, 10);
});

test("first weights have a deviation of 1 over the root of the inputs, and biases are 0", () => {
  const parameters = new Network([100, 50], { seed: 1 }).parameters.map(({ data }) => data);
  const weights = parameters.filter((_, i) => i % 101 < 100);
  const deviation = Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0) / weights.length);
  expect(deviation).toBeCloseTo(0.1, 2);
  expect(parameters.filter((_, i) => i % 101 === 100)).toEqual(Array(50).fill(0));
});

test("sizes that make no network, and inputs of another number, are refused", () => {
  expect(() => new Network([3], { seed: 1 })).toThrow(
    new ConfigError(
      "Network: expected two or more sizes, each a whole number from 1, got [3]; [1, 8, 1] is one input, eight neurons, one result",
    ),
  );
  expect(() => new Network([1, 0, 1], { seed: 1 })).toThrow(ConfigError);
  expect(() => new Network([2, 1], { seed: 1 }).forward([1])).toThrow(
    new ShapeError("Network.forward: expected 2 inputs, got 1; the network was made for as many"),
  );
});
