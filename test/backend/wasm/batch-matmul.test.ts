import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { expectAsOnCpu, expectClose, numbers, useWasm } from "./both-engines.ts";

/** (M, K) A and (K, N) B, stored as the transposes ask for. */
function operands(
  [M, K, N]: readonly [number, number, number],
  transposeA: boolean,
  transposeB: boolean,
  [aBatch, bBatch]: readonly [number[], number[]] = [[], []],
): [tf.Tensor, tf.Tensor] {
  return [
    numbers([...aBatch, ...(transposeA ? [K, M] : [M, K])], 1),
    numbers([...bBatch, ...(transposeB ? [N, K] : [K, N])], 2),
  ];
}

const layouts = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const));

describe.each(layouts)("tf.matMul with transposes (%s, %s)", (transposeA, transposeB) => {
  it("equals plain JavaScript for sizes on, below and above those of tiles", async () => {
    const sizes = [
      [1, 1, 1],
      [4, 4, 8],
      [3, 5, 7],
      [5, 6, 9],
      [8, 1, 16],
      [1, 9, 17],
      [13, 7, 1],
    ] as const;
    for (const size of sizes) {
      const [a, b] = operands(size, transposeA, transposeB);
      await expectAsOnCpu(() => tf.matMul(a, b, transposeA, transposeB));
    }
  });

  it("adds up over blocks: more than 256 summed positions, 128 rows or 512 columns", async () => {
    for (const size of [
      [130, 3, 514],
      [6, 258, 10],
      [5, 515, 9],
    ] as const) {
      const [a, b] = operands(size, transposeA, transposeB);
      await expectAsOnCpu(() => tf.matMul(a, b, transposeA, transposeB), 1e-4);
    }
  });

  it("multiplies batches, one by one or with one matrix for all", async () => {
    for (const batches of [
      [[3], [3]],
      [
        [2, 3],
        [2, 3],
      ],
      [[3], [1]],
      [[1], [3]],
      [[4], []],
      [[], [4]],
    ] as [number[], number[]][]) {
      const [a, b] = operands([5, 6, 9], transposeA, transposeB, batches);
      await expectAsOnCpu(() => tf.matMul(a, b, transposeA, transposeB));
    }
  });

  it("has the gradients of plain JavaScript", async () => {
    const [a, b] = operands([6, 10, 9], transposeA, transposeB, [[2], [2]]);
    const weights = numbers([2, 6, 9], 3);
    await expectAsOnCpu(() =>
      tf.grads((x: tf.Tensor, y: tf.Tensor) =>
        tf.sum(tf.mul(tf.matMul(x, y, transposeA, transposeB), weights)),
      )([a, b]),
    );
  });
});

describe("tf.matMul", () => {
  it("broadcasts batches crosswise: (2, 1) with (1, 3) gives (2, 3)", async () => {
    await useWasm();
    const a = numbers([2, 1, 3, 4], 1);
    const b = numbers([1, 3, 4, 5], 2);
    const product = tf.matMul(a, b);
    expect(product.shape).toEqual([2, 3, 3, 5]);
    for (const i of [0, 1]) {
      for (const j of [0, 1, 2]) {
        const one = tf.matMul(
          a.slice([i], [1]).reshape([3, 4]),
          b.slice([0, j], [1, 1]).reshape([4, 5]),
        );
        const same = product.slice([i, j], [1, 1]);
        expectClose(Array.from(same.dataSync()), Array.from(one.dataSync()), 1e-6);
      }
    }
  });

  it("is right for any small sizes", async () => {
    const size = fc.integer({ min: 1, max: 21 });
    await fc.assert(
      fc.asyncProperty(size, size, size, fc.boolean(), fc.boolean(), async (M, K, N, tA, tB) => {
        const [a, b] = operands([M, K, N], tA, tB);
        await expectAsOnCpu(() => tf.matMul(a, b, tA, tB));
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it("is empty for no rows, and 0 where nothing is summed", async () => {
    await useWasm();
    expect(tf.matMul(tf.zeros([0, 3]), tf.zeros([3, 2])).shape).toEqual([0, 2]);
    const nothing = tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 2]));
    expect(Array.from(nothing.dataSync())).toEqual([0, 0, 0, 0]);
  });

  it("keeps what is not a number in its own row", async () => {
    await useWasm();
    const a = tf.tensor2d([NaN, 1, 2, 3], [2, 2]);
    const b = tf.tensor2d([1, Infinity, 0, 1], [2, 2]);
    expect(Array.from(tf.matMul(a, b).dataSync())).toEqual([NaN, NaN, 2, Infinity]);
  });
});
