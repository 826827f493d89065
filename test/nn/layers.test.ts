import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { block } from "../../src/nn/block.ts";
import { dropping, keepAll } from "../../src/nn/dropout.ts";
import { embed } from "../../src/nn/embedding.ts";
import { feedForward } from "../../src/nn/feed-forward.ts";
import { gelu, geluTanh } from "../../src/nn/gelu.ts";
import { layerNorm } from "../../src/nn/layer-norm.ts";
import { linear } from "../../src/nn/linear.ts";

beforeAll(() => useEngine("cpu"));

const rounded = (x: tf.Tensor, digits = 5): number[] =>
  Array.from(x.dataSync(), (each) => Number(each.toFixed(digits)));

/** Tensors that `work` leaves behind, by their number. */
function left(work: () => unknown): number {
  const before = tf.memory().numTensors;
  work();
  return tf.memory().numTensors - before;
}

describe("linear", () => {
  const weight = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);

  it("multiplies the vector of each position and adds the bias", () => {
    const x = tf.tensor3d([1, 1, 2, 0], [2, 1, 2]); // B 2, T 1
    const y = linear(x, { weight, bias: tf.tensor1d([10, 20, 30]) });
    expect(y.shape).toEqual([2, 1, 3]);
    expect(rounded(y)).toEqual([15, 27, 39, 12, 24, 36]);
    expect(rounded(linear(x, { weight }))).toEqual([5, 7, 9, 2, 4, 6]);
  });

  it("has a gradient of the bias and the weight that sums over all positions", () => {
    const [x, bias] = [tf.ones<tf.Rank.R3>([2, 5, 2]), tf.zeros<tf.Rank.R1>([3])];
    const total = (w: tf.Tensor, b: tf.Tensor): tf.Tensor =>
      tf.sum(linear(x, { weight: w as tf.Tensor2D, bias: b as tf.Tensor1D }));
    const [ofWeight, ofBias] = tf.grads(total)([weight, bias]) as [tf.Tensor, tf.Tensor];
    expect(rounded(ofWeight)).toEqual(Array(6).fill(10));
    expect(rounded(ofBias)).toEqual(Array(3).fill(10));
  });

  it("says which weight it expected", () => {
    expect(() => linear(tf.zeros([1, 4, 5]), { weight })).toThrow(
      "linear: expected a weight of shape (5, O) for x (1, 4, 5), got (2, 3)",
    );
    expect(() => linear(tf.zeros([1, 4, 2]), { weight, bias: tf.zeros([1]) })).toThrow(
      "linear: expected a bias of shape (3), got (1)",
    );
  });
});

describe("embed", () => {
  const table = tf.tensor2d([0, 1, 10, 11, 20, 21], [3, 2]);

  it("takes the rows that the ids name, and a row used twice gets both gradients", () => {
    const ids = tf.tensor2d([2, 0, 2], [1, 3], "int32");
    expect(embed(ids, table).arraySync()).toEqual([[[20, 21], [0, 1], [20, 21]]]); // prettier-ignore
    const slope = tf.grad((each: tf.Tensor) => tf.sum(embed(ids, each as tf.Tensor2D)))(table);
    expect(slope.arraySync()).toEqual([[1, 1], [0, 0], [2, 2]]); // prettier-ignore
  });

  it("refuses ids that are not whole", () => {
    expect(() => embed(tf.tensor2d([1.5], [1, 1]), table)).toThrow(
      'embed: expected ids of int32, got float32; make them with tf.tensor2d(ids, [B, T], "int32")',
    );
  });
});

describe("layer norm", () => {
  it("makes mean 0 and variance 1 of each position alone, then gain and bias", () => {
    // Mean 2, variance (1 + 0 + 1) / 3: (x − 2) / √(2/3); the second position is the first times 100.
    const x = tf.tensor3d([1, 2, 3, 100, 200, 300], [1, 2, 3]);
    const gain = tf.tensor1d([1, 1, 2]);
    const root = Math.sqrt(3 / 2);
    const expected = [-root, 0, 2 * root];
    const plain = rounded(layerNorm(x, { gain }), 3);
    expect(plain).toEqual([...expected, ...expected].map((each) => Number(each.toFixed(3))));
    const moved = layerNorm(x, { gain, bias: tf.tensor1d([5, 5, 5]) });
    expect(rounded(tf.sub(moved, layerNorm(x, { gain })), 4)).toEqual(Array(6).fill(5));
  });

  it("is 0 where all numbers are equal, not a division by zero", () => {
    const gain = tf.ones<tf.Rank.R1>([4]);
    expect(rounded(layerNorm(tf.fill([1, 1, 4], 7), { gain }))).toEqual([0, 0, 0, 0]);
  });

  it("says which gain it expected", () => {
    expect(() => layerNorm(tf.zeros([1, 2, 4]), { gain: tf.ones([3]) })).toThrow(
      "layerNorm: expected a gain of shape (4), got (3)",
    );
    expect(() =>
      layerNorm(tf.zeros([1, 2, 4]), { gain: tf.ones([4]), bias: tf.ones([1]) }),
    ).toThrow("layerNorm: expected a bias of shape (4), got (1)");
  });
});

describe("GELU", () => {
  it("is x times the share of normal numbers below x", () => {
    // Φ(1) = 0.8413447, Φ(−2) = 0.0227501: a table of the normal distribution.
    const x = tf.tensor1d([0, 1, -1, -2, 10, -10]);
    const expected = [0, 0.84134, -0.15866, -0.0455, 10, -0];
    expect(rounded(gelu(x), 4)).toEqual(expected.map((each) => Number(each.toFixed(4))));
  });

  it("by tanh is at most 0.0005 away, and not the same", () => {
    const x = tf.linspace(-6, 6, 2001);
    const gap = tf.max(tf.abs(tf.sub(gelu(x), geluTanh(x)))).arraySync() as number;
    expect(gap).toBeLessThan(5e-4);
    expect(gap).toBeGreaterThan(4e-4);
  });
});

describe("feed-forward", () => {
  const up = { weight: tf.tensor2d([1, -1], [1, 2]) };
  const down = { weight: tf.tensor2d([1, 1], [2, 1]) };
  const relu = <X extends tf.Tensor>(x: X): X => tf.relu(x);

  it("is |x| out of two bent lines", () => {
    const x = tf.tensor3d([-3, 0, 2], [1, 3, 1]);
    expect(rounded(feedForward(x, { up, down }, { activation: relu }))).toEqual([3, 0, 2]);
  });

  it("bends by GELU unless told otherwise", () => {
    const x = tf.tensor3d([1], [1, 1, 1]);
    // gelu(1) + gelu(−1) = 0.84134 − 0.15866
    expect(rounded(feedForward(x, { up, down }), 4)).toEqual([0.6827]);
  });
});

describe("dropping", () => {
  it("draws another mask at each place, and the same again for the same seed", () => {
    const seed = tf.tensor1d([1, 7], "int32");
    const ones = tf.ones([50]);
    const masks = (): string[] => {
      const drop = dropping({ rate: 0.5, seed });
      return [drop(ones), drop(ones)].map((each) => each.dataSync().join());
    };
    const [first, second] = masks();
    expect(first).not.toBe(second);
    expect(masks()).toEqual([first, second]);
    expect(keepAll(ones)).toBe(ones);
  });
});

describe("block", () => {
  const C = 2;
  const zero = { weight: tf.zeros<tf.Rank.R2>([C, 4 * C]) };
  const weights = {
    norm1: { gain: tf.ones<tf.Rank.R1>([C]) },
    norm2: { gain: tf.ones<tf.Rank.R1>([C]) },
    attention: { qkv: { weight: tf.zeros<tf.Rank.R2>([C, 3 * C]) }, out: { weight: tf.eye(C) } },
    feedForward: { up: zero, down: { weight: tf.zeros<tf.Rank.R2>([4 * C, C]) } },
  };
  const x = tf.tensor3d([3, 5], [1, 1, C]);
  const seen: number[][] = [];
  const attention = (h: tf.Tensor3D): { output: tf.Tensor3D; note: tf.Tensor } => {
    seen.push(rounded(h, 3));
    return { output: tf.mul(h, 10), note: tf.scalar(42) };
  };

  it("adds to the stream what the parts make of the normed stream", () => {
    // norm(3, 5) = (−1, 1); the feed-forward part is zero here.
    const { output, note } = block(x, weights, { attention });
    expect(rounded(output, 3)).toEqual([-7, 15]);
    expect(note.arraySync()).toBe(42);
    expect(seen.pop()).toEqual([-1, 1]);
  });

  it("norms the sum where the norm comes after", () => {
    const { output } = block(x, weights, { attention, norm: "after" });
    expect(rounded(output, 3)).toEqual([-1, 1]); // (33, 55), normed twice
    expect(seen.pop()).toEqual([3, 5]);
  });

  it("drops what each part adds, never the stream", () => {
    let drops = 0;
    const drop = <X extends tf.Tensor>(part: X): X => {
      drops++;
      return tf.zerosLike(part);
    };
    const { output } = block(x, weights, { attention, drop });
    expect(rounded(output)).toEqual([3, 5]);
    expect(drops).toBe(2);
  });

  it("and every layer leaves exactly what it returns", () => {
    const ids = tf.tensor2d([0, 1], [1, 2], "int32");
    const attended = { attention: (h: tf.Tensor3D) => ({ output: tf.clone(h) }) };
    const [norm, linears] = [weights.norm1, weights.attention.out];
    expect(left(() => block(x, weights, attended))).toBe(1);
    expect(left(() => block(x, weights, { ...attended, norm: "after" }))).toBe(1);
    expect(left(() => feedForward(x, weights.feedForward))).toBe(1);
    expect(left(() => layerNorm(x, norm))).toBe(1);
    expect(left(() => linear(x, linears))).toBe(1);
    expect(left(() => embed(ids, linears.weight))).toBe(1);
    expect(left(() => [gelu(x), geluTanh(x)])).toBe(2);
  });
});
