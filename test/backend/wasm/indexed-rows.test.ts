import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";

import { expectAsOnCpu, numbers, useWasm } from "./both-engines.ts";

function values(tensor: tf.Tensor): number[] {
  return Array.from(tensor.dataSync());
}

describe("tf.unsortedSegmentSum", () => {
  it("adds up the rows of each segment, and leaves ids out that are no segment's", async () => {
    const x = tf.tensor2d([1, 2, 10, 20, 100, 200, 1000, 2000, 5, 5], [5, 2]);
    const ids = tf.tensor1d([2, 0, 2, -1, 3], "int32");
    await expectAsOnCpu(() => tf.unsortedSegmentSum(x, ids, 3));
    await useWasm();
    expect(values(tf.unsortedSegmentSum(x, ids, 3))).toEqual([10, 20, 0, 0, 101, 202]);
  });

  it("equals plain JavaScript for one axis, three axes, and no rows", async () => {
    const ids = tf.tensor1d([1, 1, 0, 6, 3, 1], "int32");
    for (const shape of [[6], [6, 7], [6, 3, 5]]) {
      await expectAsOnCpu(() => tf.unsortedSegmentSum(numbers(shape, 1), ids, 7));
    }
    await useWasm();
    const none = tf.unsortedSegmentSum(tf.zeros([0, 2]), tf.tensor1d([], "int32"), 2);
    expect([none.shape, values(none)]).toEqual([
      [2, 2],
      [0, 0, 0, 0],
    ]);
  });

  it("adds up whole numbers as whole numbers", async () => {
    await useWasm();
    const x = tf.tensor1d([2 ** 30, 1, 3], "int32"); // 2³⁰ + 1 is no float32
    const sums = tf.unsortedSegmentSum(x, tf.tensor1d([0, 0, 1], "int32"), 2);
    expect([sums.dtype, values(sums)]).toEqual(["int32", [2 ** 30 + 1, 3]]);
  });

  it("refuses ids of another length than the rows", async () => {
    await useWasm();
    expect(() =>
      tf.unsortedSegmentSum(numbers([3, 2], 1), tf.tensor1d([0, 1], "int32"), 2),
    ).toThrow(
      "unsortedSegmentSum: expected an id for each row of x, got ids of [2] for [3, 2]; the ids' shape must be how the shape of x begins",
    );
  });
});

describe("tf.gather", () => {
  it("equals plain JavaScript along every axis, for ids of any shape and in batches", async () => {
    const x = numbers([4, 5, 6], 1);
    const ids = tf.tensor2d([3, 0, 3, 1], [2, 2], "int32");
    for (const axis of [0, 1, 2, -1]) await expectAsOnCpu(() => tf.gather(x, ids, axis));
    const rows = tf.tensor2d([2, 0, 0, 1, 1, 1, 4, 3], [4, 2], "int32");
    await expectAsOnCpu(() => tf.gather(x, rows, 1, 1));
    await expectAsOnCpu(() => tf.gather(x, tf.scalar(2, "int32")));
    await expectAsOnCpu(() => tf.gather(x.toInt(), ids));
    await expectAsOnCpu(() => tf.gather(x.greater(0), ids));
  });

  it("has the gradient of plain JavaScript, along both axes and with ids that repeat", async () => {
    const ids = tf.tensor1d([3, 0, 3, 3], "int32");
    for (const axis of [0, 1]) {
      const weights = numbers(axis === 0 ? [4, 5] : [5, 4], 2);
      await expectAsOnCpu(() =>
        tf.grad((x: tf.Tensor) => tf.sum(tf.mul(tf.gather(x, ids, axis), weights)))(
          numbers([5, 5], 1),
        ),
      );
    }
  });

  it("refuses an id that is none", async () => {
    await useWasm();
    const x = numbers([4, 2], 1);
    const ids = tf.tensor1d([0, 4], "int32");
    expect(() => tf.gather(x, ids)).toThrow(
      "gather: expected ids from 0 to 3, got 4; check where the ids come from",
    );
  });
});
