import * as tf from "@tensorflow/tfjs";
import { beforeEach, describe, expect, it } from "vitest";

import { expectAsOnCpu, expectClose, numbers, useWasm } from "./both-engines.ts";

function values(tensor: tf.Tensor): number[] {
  return Array.from(tensor.dataSync());
}

/** The largest |got − expected| / |expected|. */
function largestRelativeError(got: readonly number[], expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs((got[i]! - value) / value)));
}

describe("tf.exp", () => {
  beforeEach(useWasm);

  it("is right within a unit of the last place of float32 over the whole range", () => {
    const xs = Float32Array.from({ length: 10_001 }, (_, i) => -87 + i * (175.5 / 10_000));
    const expected = Array.from(xs, Math.exp);
    expect(largestRelativeError(values(tf.exp(tf.tensor1d(xs))), expected)).toBeLessThan(1.3e-7);
  });

  it("is 1 at 0, falls to 0, rises to infinity, and is nothing for nothing", () => {
    const xs = [0, -0, -200, -Infinity, 89, Infinity, NaN];
    expect(values(tf.exp(tf.tensor1d(xs)))).toEqual([1, 1, 0, 0, Infinity, Infinity, NaN]);
    expect(values(tf.exp(tf.zeros([0])))).toEqual([]);
  });

  it("goes on below the smallest normal number", () => {
    const [got] = values(tf.exp(tf.tensor1d([-100])));
    expect(Math.abs(got! - Math.exp(-100))).toBeLessThanOrEqual(2 ** -149);
  });

  it("computes the numbers left over after the last four, and none beyond", () => {
    for (const length of [1, 2, 3, 4, 5, 7, 9]) {
      const all = values(tf.exp(numbers([length], 1)));
      expect(all).toHaveLength(length);
      const one = Array.from(
        { length },
        (_, i) => values(tf.exp(numbers([length], 1).slice(i, 1)))[0],
      );
      expect(all).toEqual(one);
    }
  });
});

describe("tf.erf", () => {
  beforeEach(useWasm);

  it("is within 3e-7 of the series of erf", () => {
    /** 2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1)). */
    const series = (x: number): number => {
      let [sum, power] = [0, x];
      for (let n = 0; n < 120; n++) {
        sum += power / (2 * n + 1);
        power *= -(x * x) / (n + 1);
      }
      return (2 / Math.sqrt(Math.PI)) * sum;
    };
    const xs = Float32Array.from({ length: 901 }, (_, i) => -4.5 + i / 100);
    const expected = Array.from(xs, series);
    const got = values(tf.erf(tf.tensor1d(xs)));
    expect(Math.max(...got.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(3e-7);
  });

  it("is 0 at 0, ±1 far out, and has the gradient of plain JavaScript", async () => {
    expect(values(tf.erf(tf.tensor1d([0, 5, -5, Infinity, -Infinity, NaN])))).toEqual([
      0,
      1,
      -1,
      1,
      -1,
      NaN,
    ]);
    const x = numbers([3, 7], 1);
    await expectAsOnCpu(() => tf.grad((t: tf.Tensor) => tf.sum(tf.erf(t)))(x), 1e-6);
  });
});

describe("tf.tanh", () => {
  beforeEach(useWasm);

  it("is right within three units of the last place of float32", () => {
    const xs = Float32Array.from({ length: 2001 }, (_, i) => (i === 1000 ? 0.001 : -10 + i / 100));
    const expected = Array.from(xs, Math.tanh);
    expect(largestRelativeError(values(tf.tanh(tf.tensor1d(xs))), expected)).toBeLessThan(3.6e-7);
  });

  it("is 0 at 0, ±1 far out, and nothing for nothing", () => {
    const got = values(tf.tanh(tf.tensor1d([0, Infinity, -Infinity, NaN])));
    expectClose(got, [0, 1, -1, NaN], 1e-7);
  });
});

describe("tf.sum", () => {
  it("equals plain JavaScript over leading axes, other axes, all and none", async () => {
    const x = numbers([5, 3, 4, 7], 1);
    for (const axis of [0, [0, 1], [1, 0], [0, 1, 2], [0, 1, 2, 3], 1, [0, 2], -1, []]) {
      for (const keep of [false, true]) await expectAsOnCpu(() => tf.sum(x, axis, keep));
    }
    await expectAsOnCpu(() => tf.sum(tf.zeros([0, 3]), 0));
    await expectAsOnCpu(() => tf.sum(x.mul(10).toInt(), 0));
    await expectAsOnCpu(() => tf.sum(numbers([1000, 3], 1), 0), 1e-4);
  });
});
