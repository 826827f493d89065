import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import {
  attend,
  causalMask,
  joinHeads,
  queryKeyValue,
  selfAttention,
} from "../../src/nn/attention.ts";
import { makeWeights, normal, zeros } from "../../src/nn/weights.ts";

beforeAll(() => useEngine("cpu"));

const [B, T, C, H] = [2, 5, 8, 2];
const layer = () =>
  makeWeights(
    {
      qkv: { weight: normal([C, 3 * C], 0.5), bias: zeros([3 * C]) },
      out: { weight: normal([C, C], 0.5), bias: undefined },
    },
    { seed: 3 },
  );
const stream = (seed: number) => tf.randomNormal<tf.Rank.R3>([B, T, C], 0, 1, "float32", seed);

describe("attend", () => {
  it("mixes values by softmax(q·k / √D): by hand for two positions", () => {
    // D = 4, so scores are divided by 2. Scores of t = 0: 2·ln 3 / 2 = ln 3 and 0: weights 3/4 and 1/4.
    const q = tf.tensor4d([2 * Math.log(3), 0, 0, 0, 0, 0, 0, 0], [1, 1, 2, 4]);
    const k = tf.tensor4d([1, 0, 0, 0, 0, 1, 0, 0], [1, 1, 2, 4]);
    const v = tf.tensor4d([4, 8, 0, 0, 0, 0, 12, 16], [1, 1, 2, 4]);
    const { mixed, weights } = attend({ q, k, v });
    const rounded = (x: tf.Tensor): number[] =>
      Array.from(x.dataSync(), (each) => Math.round(each * 1e5) / 1e5);
    expect(rounded(weights)).toEqual([0.75, 0.25, 0.5, 0.5]);
    expect(rounded(mixed)).toEqual([3, 6, 3, 4, 2, 4, 6, 8]);
  });

  it("gives nothing to what the mask hides, and every row sums to 1", () => {
    const q = tf.randomNormal<tf.Rank.R4>([1, 2, 4, 3], 0, 1, "float32", 1);
    const { weights } = attend({ q, k: q, v: q }, { mask: causalMask(4) });
    const rows = weights.arraySync().flat(2);
    rows.forEach((row, place) => {
      expect(row.reduce((sum, each) => sum + each)).toBeCloseTo(1, 6);
      expect(row.slice((place % 4) + 1).every((each) => each === 0)).toBe(true);
      expect(row.slice(0, (place % 4) + 1).every((each) => each > 0)).toBe(true);
    });
  });

  it("drops weights after the softmax, not from what it returns to look at", () => {
    const q = tf.ones<tf.Rank.R4>([1, 1, 2, 2]);
    const none = <X extends tf.Tensor>(x: X): X => tf.zerosLike(x);
    const { mixed, weights } = attend({ q, k: q, v: q }, { drop: none });
    expect(Array.from(mixed.dataSync())).toEqual([0, 0, 0, 0]);
    expect(Array.from(weights.dataSync())).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it("says which of k and v does not fit", () => {
    const q = tf.zeros<tf.Rank.R4>([1, 1, 3, 2]);
    const four = tf.zeros<tf.Rank.R4>([1, 1, 3, 4]);
    expect(() => attend({ q, k: four, v: q })).toThrow(
      "attend k: expected shape (1, 1, 3, 2), got (1, 1, 3, 4)",
    );
    const short = tf.zeros<tf.Rank.R4>([1, 1, 2, 2]);
    expect(() => attend({ q, k: q, v: short })).toThrow(
      "attend v: expected shape (1, 1, 3, 2), got (1, 1, 2, 2)",
    );
  });
});

describe("self-attention", () => {
  it("never sees the future: changing the last word changes no position before it", () => {
    const weights = layer();
    const [x, other] = [stream(1), stream(2)];
    const changed = tf.concat<tf.Tensor3D>(
      [tf.slice(x, [0, 0, 0], [B, T - 1, C]), tf.slice(other, [0, T - 1, 0], [B, 1, C])],
      1,
    );
    const before = (input: tf.Tensor3D, causal: boolean): number[] => {
      const { output } = selfAttention(input, weights, { heads: H, causal });
      return Array.from(tf.slice(output, 0, [B, T - 1, C]).dataSync());
    };
    expect(before(changed, true)).toEqual(before(x, true));
    expect(before(changed, false)).not.toEqual(before(x, false));
  });

  it("is blind to order without positions: shuffled words, outputs shuffled along", () => {
    const weights = layer();
    const x = stream(1);
    const order = tf.tensor1d([3, 0, 4, 1, 2], "int32");
    const attended = (input: tf.Tensor3D, positions?: tf.Tensor1D): tf.Tensor =>
      selfAttention(input, weights, { heads: H, causal: false, positions }).output;
    const far = (a: tf.Tensor, b: tf.Tensor): number =>
      tf.max(tf.abs(tf.sub(a, b))).arraySync() as number;
    const shuffled = tf.gather(x, order, 1);
    expect(far(attended(shuffled), tf.gather(attended(x), order, 1))).toBeLessThan(1e-5);
    const places = tf.range(0, T, 1, "int32");
    expect(
      far(attended(shuffled, places), tf.gather(attended(x, places), order, 1)),
    ).toBeGreaterThan(0.01);
  });

  it("gives each head its own part of the channels", () => {
    const x = stream(1);
    const { q, k, v } = queryKeyValue(x, layer().qkv, { heads: H });
    expect([q.shape, k.shape, v.shape]).toEqual(Array(3).fill([B, H, T, C / H]));
    // Head 1 of the values are the last C / H columns of x W.
    const product = tf.matMul(tf.reshape(x, [B * T, C]), layer().qkv.weight);
    const columns = tf.slice(product, [0, 2 * C + C / H], [B * T, C / H]);
    const head = tf.slice(v, [0, 1, 0, 0], [B, 1, T, C / H]);
    expect(Array.from(head.dataSync())).toEqual(Array.from(columns.dataSync()));
    const joined = tf.slice(joinHeads(v), [0, 0, C / H], [B, T, C / H]);
    expect(Array.from(joined.dataSync())).toEqual(Array.from(columns.dataSync()));
  });

  it("refuses heads that do not divide the channels", () => {
    expect(() => selfAttention(stream(1), layer(), { heads: 3 })).toThrow(
      "queryKeyValue: expected a number of heads that divides 8 channels, got 3",
    );
  });

  it("leaves behind what it returns and nothing else", () => {
    const [x, weights] = [stream(1), layer()];
    const positions = tf.range(0, T, 1, "int32");
    const before = tf.memory().numTensors;
    const made = selfAttention(x, weights, { heads: H, positions });
    expect(tf.memory().numTensors - before).toBe(2);
    tf.dispose([made.output, made.weights]);
    const { q, k, v } = queryKeyValue(x, weights.qkv, { heads: H });
    const joined = joinHeads(v);
    const mask = causalMask(T);
    const attended = attend({ q, k, v }, { mask });
    expect(tf.memory().numTensors - before).toBe(3 + 1 + 1 + 2);
    tf.dispose([q, k, v, joined, mask, attended.mixed, attended.weights]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
