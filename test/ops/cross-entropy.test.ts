import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { Random } from "../../src/core/random.ts";
import { crossEntropy, crossEntropyEach } from "../../src/ops/cross-entropy.ts";
import { distance, engines, everywhere } from "./everywhere.ts";

/** Logits (N, V) and ids (N). */
function example([N, V]: readonly [number, number]): [tf.Tensor2D, tf.Tensor1D] {
  const random = new Random(N + V);
  const logits = Array.from({ length: N * V }, () => 8 * random.uniform() - 4);
  const ids = Array.from({ length: N }, () => random.integer(V));
  return [tf.tensor2d(logits, [N, V]), tf.tensor1d(ids, "int32")];
}

/** The same by the formula, in double precision: losses (N) and slopes (N, V). */
function byHand(logits: readonly number[][], ids: readonly number[]): [number[], number[][]] {
  const probabilities = logits.map((row) => {
    const powers = row.map((x) => Math.exp(x));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  });
  return [
    ids.map((id, n) => -Math.log(probabilities[n]?.[id] as number)),
    probabilities.map((row, n) => row.map((p, v) => p - (v === ids[n] ? 1 : 0))),
  ];
}

describe("crossEntropy", () => {
  it.each([
    [1, 1],
    [1, 3],
    [5, 2],
    [7, 65],
    [40, 300],
  ] as const)("of %i positions and %i classes is the formula, everywhere", async (N, V) => {
    const outcomes = await everywhere(
      (logits, ids) => [
        crossEntropyEach(logits as tf.Tensor2D, ids as tf.Tensor1D),
        tf.grad((x) => crossEntropy(x as tf.Tensor2D, ids as tf.Tensor1D))(logits),
      ],
      () => example([N, V]),
    );
    const [logits, ids] = example([N, V]);
    const [losses, slopes] = byHand(logits.arraySync(), ids.arraySync());
    const expected = { where: "by hand", results: [losses, slopes.flat().map((x) => x / N)] };
    for (const outcome of outcomes) {
      expect(distance(outcome, expected), outcome.where).toBeLessThan(2e-6);
    }
  });

  it("weighs each position's slope by what asks for it", async () => {
    const outcomes = await everywhere(
      (logits, ids) => [
        tf.grad((x) =>
          tf.sum(tf.mul(crossEntropyEach(x as tf.Tensor2D, ids as tf.Tensor1D), [0, 3])),
        )(logits),
      ],
      () => [tf.zeros([2, 2]), tf.tensor1d([0, 1], "int32")],
    );
    for (const { where, results } of outcomes) {
      expect(
        results[0]?.map((x) => x + 0),
        where,
      ).toEqual([0, 0, 1.5, -1.5]); // 3 · (½ − 0), 3 · (½ − 1)
    }
  });

  it("stays finite for logits whose powers of e are not", async () => {
    const outcomes = await everywhere(
      (logits, ids) => [crossEntropyEach(logits as tf.Tensor2D, ids as tf.Tensor1D)],
      () => [
        tf.tensor2d([
          [1000, 0],
          [-1000, 0],
          [-Infinity, 0],
        ]),
        tf.tensor1d([0, 0, 1], "int32"),
      ],
    );
    for (const { where, results } of outcomes) {
      expect(
        results[0]?.map((x) => x + 0),
        where,
      ).toEqual([0, 1000, 0]);
    }
  });

  it("refuses shapes and types that do not belong together", async () => {
    await useEngine("cpu");
    const logits = tf.zeros<tf.Rank.R2>([2, 3]);
    expect(() => crossEntropy(logits, tf.tensor1d([0, 1, 2], "int32"))).toThrow(
      "crossEntropy: expected logits (N, V) and ids (N), got (2, 3) and (3); tf.reshape puts all positions on one axis",
    );
    expect(() => crossEntropy(logits, tf.tensor1d([0, 1]))).toThrow(
      'crossEntropy: expected ids of int32, got float32; make them with tf.tensor1d(ids, "int32")',
    );
  });

  it.each(engines)("refuses an id without a class, on %s", async (engine) => {
    await useEngine(engine);
    const message =
      "crossEntropy: expected ids from 0 to 2, got 3; the logits have one class for each id of the vocabulary";
    expect(() => crossEntropy(tf.zeros([2, 3]), tf.tensor1d([0, 3], "int32"))).toThrow(message);
    expect(() => crossEntropy(tf.zeros([2, 3]), tf.tensor1d([0, -1], "int32"))).toThrow(
      message.replace("got 3", "got -1"),
    );
  });
});
