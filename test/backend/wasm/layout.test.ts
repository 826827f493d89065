import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { jointAxes } from "../../../src/backend/wasm/strided-copy.ts";
import { expectAsOnCpu, numbers, useWasm } from "./both-engines.ts";

const shapes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

describe("tf.transpose", () => {
  it("equals plain JavaScript for any axes in any order", async () => {
    const cases = shapes.chain((shape) =>
      fc.tuple(
        fc.constant(shape),
        fc.shuffledSubarray(
          shape.map((_, axis) => axis),
          { minLength: shape.length },
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([shape, perm]) => {
        const x = numbers(shape, 1);
        await expectAsOnCpu(() => tf.transpose(x, perm), 0);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("equals plain JavaScript for six axes, none, and no numbers", async () => {
    const six = numbers([2, 3, 2, 3, 2, 3], 1);
    await expectAsOnCpu(() => tf.transpose(six, [5, 0, 4, 1, 3, 2]), 0);
    await expectAsOnCpu(() => tf.transpose(tf.scalar(3), []), 0);
    await expectAsOnCpu(() => tf.transpose(tf.zeros([0, 3]), [1, 0]), 0);
    await expectAsOnCpu(() => tf.transpose(numbers([5, 6], 1).toInt()), 0);
  });
});

describe("jointAxes", () => {
  it("joins axes that follow each other in the source too, and leaves those of length 1 out", () => {
    // (2, 3, 4) → (4, 2, 3) is the transpose of a matrix of 6 rows and 4 columns, of 4 bytes each.
    expect(
      jointAxes([
        { size: 4, fromStep: 4, toStep: 24 },
        { size: 2, fromStep: 48, toStep: 12 },
        { size: 1, fromStep: 99, toStep: 99 },
        { size: 3, fromStep: 16, toStep: 4 },
      ]),
    ).toEqual([
      { size: 4, fromStep: 4, toStep: 24 },
      { size: 6, fromStep: 16, toStep: 4 },
    ]);
  });

  it("keeps axes apart between which the source has a gap", () => {
    const part = [
      { size: 2, fromStep: 20, toStep: 12 }, // 3 of 5 columns
      { size: 3, fromStep: 4, toStep: 4 },
    ];
    expect(jointAxes(part)).toEqual(part);
  });
});

describe("tf.slice", () => {
  it("equals plain JavaScript for any part of any tensor", async () => {
    const parts = shapes.chain((shape) =>
      fc.tuple(
        ...shape.map((size) =>
          fc
            .integer({ min: 0, max: size - 1 })
            .chain((begin) =>
              fc.tuple(
                fc.constant(size),
                fc.constant(begin),
                fc.integer({ min: 0, max: size - begin }),
              ),
            ),
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(parts, async (axes) => {
        const x = numbers(
          axes.map(([size]) => size),
          1,
        );
        const begin = axes.map(([, first]) => first);
        const size = axes.map(([, , length]) => length);
        await expectAsOnCpu(() => tf.slice(x, begin, size), 0);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("takes all that is left for −1, whole numbers too", async () => {
    const x = numbers([4, 5], 1);
    await expectAsOnCpu(() => tf.slice(x, [1, 2], [-1, 2]), 0);
    await expectAsOnCpu(() => tf.slice(x.toInt(), [1, 2], [2, -1]), 0);
  });
});

describe("tf.split and tf.concat", () => {
  it("equal plain JavaScript along every axis", async () => {
    const x = numbers([6, 4, 9], 1);
    for (const [axis, size] of x.shape.entries()) {
      await expectAsOnCpu(() => tf.split(x, [1, 0, size - 1], axis), 0);
      await expectAsOnCpu(() => tf.concat([x, x.slice([0], [6]), x], axis), 0);
    }
    await expectAsOnCpu(() => tf.split(x, 3, -1), 0);
    await expectAsOnCpu(() => tf.concat([x, tf.zeros([6, 0, 9]), x], 1), 0);
    await expectAsOnCpu(() => tf.concat([x.toInt(), x.toInt()], 2), 0);
  });

  it("are each other's reverse", async () => {
    await useWasm();
    const x = numbers([5, 7, 6], 1);
    const again = tf.concat(tf.split(x, [2, 4, 1], 1), 1);
    expect(Array.from(again.dataSync())).toEqual(Array.from(x.dataSync()));
  });
});

describe("tf.tile and tf.broadcastTo", () => {
  it("equal plain JavaScript for any repetitions of any axes", async () => {
    const cases = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 })), {
        minLength: 1,
        maxLength: 4,
      })
      .map((axes) => [axes.map(([size]) => size), axes.map(([, times]) => times)] as const);
    await fc.assert(
      fc.asyncProperty(cases, async ([shape, reps]) => {
        const x = numbers(shape, 1);
        await expectAsOnCpu(() => tf.tile(x, reps), 0);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("equal plain JavaScript for scalars, columns, rows, and no numbers", async () => {
    await expectAsOnCpu(() => tf.broadcastTo(tf.scalar(3), [5, 7]), 0);
    await expectAsOnCpu(() => tf.broadcastTo(numbers([5, 1], 1), [2, 5, 9]), 0);
    await expectAsOnCpu(() => tf.broadcastTo(numbers([9], 1), [5, 9]), 0);
    await expectAsOnCpu(() => tf.tile(tf.zeros([0, 3]), [2, 2]), 0);
    await expectAsOnCpu(() => tf.tile(numbers([2, 3], 1).mul(9).toInt(), [2, 2]), 0);
  });
});

describe("tf.clone and tf.cast", () => {
  it("share numbers until both are disposed of", async () => {
    await useWasm();
    const x = tf.tensor1d([1, 2, 3]);
    const { numDataBuffers } = tf.memory();
    const [clone, same] = [tf.clone(x), tf.cast(x, "float32")];
    expect(tf.memory().numDataBuffers).toBe(numDataBuffers);
    x.dispose();
    clone.dispose();
    expect(Array.from(same.dataSync())).toEqual([1, 2, 3]);
    same.dispose();
    expect(tf.memory().numDataBuffers).toBe(numDataBuffers - 1);
  });

  it("change the type as plain JavaScript does", async () => {
    const x = tf.tensor1d([1.7, -1.7, 0, 3]);
    await expectAsOnCpu(() => tf.cast(x, "int32"), 0);
    await expectAsOnCpu(() => tf.cast(tf.cast(x, "int32"), "float32"), 0);
  });
});
