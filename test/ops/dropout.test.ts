import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { dropout } from "../../src/ops/dropout.ts";
import { randomUniform } from "../../src/ops/random.ts";
import { everywhere } from "./everywhere.ts";

const seedOf = (step: number): tf.Tensor1D => tf.tensor1d([1, step], "int32");

describe("dropout", () => {
  it("drops the same places on every engine and compiled, forward and in the gradient", async () => {
    const shape: [number, number] = [7, 13];
    const outcomes = await everywhere(
      (x, seed) => {
        const dropped = (each: tf.Tensor): tf.Tensor =>
          dropout(each, { rate: 0.25, seed: seed as tf.Tensor1D, stream: 4 });
        const weighted = (each: tf.Tensor): tf.Tensor => tf.sum(tf.square(dropped(each)));
        return [dropped(x), tf.grad(weighted)(x)];
      },
      () => [tf.add(tf.ones(shape), 2), seedOf(8)],
    );
    await useEngine("cpu");
    const uniform = randomUniform(shape, { seed: seedOf(8), stream: 4 }).dataSync();
    const forward = Array.from(uniform, (u) =>
      u < 0.25 ? 0 : Math.fround(3 * Math.fround(4 / 3)),
    );
    const scale = Math.fround(4 / 3);
    // y = s x with s = 4/3, so ∂ Σ y² / ∂x = 2 y s.
    const slopes = forward.map((y) => Math.fround(Math.fround(2 * y) * scale));
    expect(forward).toContain(0);
    for (const { where, results } of outcomes) expect(results, where).toEqual([forward, slopes]);
  });

  describe("on any engine", () => {
    beforeAll(() => useEngine("cpu"));

    it.each([0.1, 0.5, 0.9])("drops a share of %d and keeps the mean", (rate) => {
      const N = 100_000;
      const kept = dropout(tf.ones([N]), { rate, seed: seedOf(0), stream: 0 }).dataSync();
      const count = kept.filter((x) => x !== 0).length;
      // Five deviations of the count, √(N rate (1 − rate)).
      expect(Math.abs(count - N * (1 - rate))).toBeLessThan(5 * Math.sqrt(N * rate * (1 - rate)));
      expect(new Set(kept)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
    });

    it("drops other places at another step, and in another layer", () => {
      const places = (step: number, stream: number): string =>
        dropout(tf.ones([64]), { rate: 0.5, seed: seedOf(step), stream })
          .dataSync()
          .join();
      expect(places(1, 0)).toBe(places(1, 0));
      expect(new Set([places(1, 0), places(2, 0), places(1, 1)]).size).toBe(3);
    });

    it("of rate 0 is x", () => {
      const x = tf.tensor1d([1, -2, Infinity]);
      const y = dropout(x, { rate: 0, seed: seedOf(1), stream: 0 });
      expect(Array.from(y.dataSync())).toEqual([1, -2, Infinity]);
      expect(y.dataId).toBe(x.dataId); // nothing is computed
      expect(
        tf
          .grad((each) => dropout(each, { rate: 0, seed: seedOf(1), stream: 0 }))(x)
          .dataSync(),
      ).toEqual(Float32Array.of(1, 1, 1));
    });

    it.each([1, -0.1, NaN])("refuses a rate of %d", (rate) => {
      expect(() => dropout(tf.ones([2]), { rate, seed: seedOf(1), stream: 0 })).toThrow(
        `dropout: expected a rate from 0 up to but not 1, got ${rate}; 0.1 drops one element in ten`,
      );
    });
  });
});
