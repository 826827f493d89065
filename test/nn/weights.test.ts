import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { makeWeights, namedWeights, normal, ones, zeros } from "../../src/nn/weights.ts";

beforeAll(() => useEngine("cpu"));

const tree = (rows = 40) => ({
  table: normal([rows, 50], 0.2),
  layers: [
    { gain: ones([3]), bias: zeros([3]), none: undefined },
    { gain: ones([3]), bias: undefined, matrix: normal([20, 20], 5) },
  ],
});
const numbers = (weight: tf.Tensor): number[] => Array.from(weight.dataSync());

describe("makeWeights", () => {
  it("makes a variable of each first value, in the same tree", () => {
    const weights = makeWeights(tree(), { seed: 1 });
    expect(weights.table).toBeInstanceOf(tf.Variable);
    expect(weights.table.trainable).toBe(true);
    expect(numbers(weights.layers[0]!.gain)).toEqual([1, 1, 1]);
    expect(numbers(weights.layers[0]!.bias!)).toEqual([0, 0, 0]);
    expect(weights.layers[0]!.none).toBeUndefined();
  });

  it("draws normal numbers of that deviation", () => {
    const { table } = makeWeights(tree(), { seed: 1 });
    const { mean, variance } = tf.moments(table);
    // 2000 numbers: the mean is within 4 deviations 0.2 / √2000, the deviation within 7 %.
    expect(Math.abs(mean.arraySync() as number)).toBeLessThan(0.018);
    const deviation = Math.sqrt(variance.arraySync() as number);
    expect(deviation).toBeGreaterThan(0.186);
    expect(deviation).toBeLessThan(0.214);
  });

  it("draws the same for the same seed, and each weight its own", () => {
    const [one, again, other] = [1, 1, 2].map((seed) => makeWeights(tree(), { seed }));
    expect(numbers(one!.table)).toEqual(numbers(again!.table));
    expect(numbers(one!.table)).not.toEqual(numbers(other!.table));
    const two = makeWeights([normal([4, 4], 1), normal([4, 4], 1)], { seed: 1 });
    expect(numbers(two[0]!)).not.toEqual(numbers(two[1]!));
  });

  it("draws a weight's numbers whatever the sizes before it", () => {
    const matrix = (rows: number): number[] =>
      numbers(makeWeights(tree(rows), { seed: 1 }).layers[1]!.matrix!);
    expect(matrix(1)).toEqual(matrix(40));
  });

  it("takes seeds beyond 32 bits, and refuses what is no seed", () => {
    const of = (seed: number): number[] => numbers(makeWeights(normal([2, 2], 1), { seed }));
    expect(of(2 ** 32 + 1)).not.toEqual(of(1));
    expect(of(2 ** 31)).not.toEqual(of(0));
    expect(() => of(-1)).toThrow(
      "makeWeights: expected a whole number from 0 to 2^53 - 1 as seed, got -1; use one such as 1",
    );
  });

  it("leaves its variables and nothing else", () => {
    const before = tf.memory().numTensors;
    const weights = makeWeights(tree(), { seed: 1 });
    expect(tf.memory().numTensors - before).toBe(5);
    tf.dispose(Object.values(namedWeights(weights)));
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("namedWeights", () => {
  it("names each variable by its path", () => {
    const weights = makeWeights(tree(), { seed: 1 });
    const named = namedWeights(weights);
    expect(Object.keys(named)).toEqual([
      "table",
      "layers.0.gain",
      "layers.0.bias",
      "layers.1.gain",
      "layers.1.matrix",
    ]);
    expect(named["layers.1.matrix"]).toBe(weights.layers[1]!.matrix);
  });
});
