import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { conditions } from "../../src/ops/comparison-gradients.ts";
import { everywhere } from "./everywhere.ts";

const numbers = [-2, -1, 0, 1, 2, 3];

/** Conditions on x, (2, 3), by the kernel that each runs; some broadcast. */
const cases: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  All: (x) => tf.all(tf.greater(x, -2), 1, true),
  Any: (x) => tf.any(tf.greater(x, 2), 0),
  Equal: (x) => tf.equal(x, tf.slice(x, [0, 1], [2, 1])),
  Greater: (x) => tf.greater(x, tf.slice(x, [0, 0], [1, 3])),
  GreaterEqual: (x) => tf.greaterEqual(x, 1),
  Less: (x) => tf.less(1, x),
  LessEqual: (x) => tf.lessEqual(tf.sum(x), x),
  LogicalAnd: (x) => tf.logicalAnd(tf.greater(x, 0), tf.less(x, 3)),
  LogicalNot: (x) => tf.logicalNot(tf.greater(x, 0)),
  LogicalOr: (x) => tf.logicalOr(tf.greater(x, 1), tf.less(x, 0)),
  NotEqual: (x) => tf.notEqual(x, tf.tensor2d([[0], [3]])),
};

describe("a condition", () => {
  it("has a case here for each kernel", () => {
    expect(Object.keys(cases)).toEqual(Object.keys(conditions));
  });

  it.each(Object.entries(cases))(
    "of %s lets the gradient through the branches alone, on every engine and compiled",
    async (_, condition) => {
      const outcomes = await everywhere(
        (x) => {
          const chosen = (each: tf.Tensor): tf.Tensor =>
            tf.where(condition(each), tf.mul(each, 3), tf.square(each));
          return [tf.tidy(() => tf.cast(condition(x), "float32")), tf.grad(chosen)(x)];
        },
        () => [tf.tensor2d(numbers, [2, 3])],
      );
      await useEngine("cpu");
      const held = tf.tidy(() => {
        const shown = tf.cast(condition(tf.tensor2d(numbers, [2, 3])), "float32");
        return { own: Array.from(shown.dataSync()), all: tf.broadcastTo(shown, [2, 3]).dataSync() };
      });
      const slopes = numbers.map((x, place) => (held.all[place] ? 3 : 2 * x) + 0);
      for (const { where, results } of outcomes) {
        expect(
          results.map((each) => each.map((x) => x + 0)),
          where,
        ).toEqual([held.own, slopes]);
      }
      expect(new Set(held.own)).toEqual(new Set([0, 1])); // both branches are taken
    },
  );

  it("alone has a gradient of zero", async () => {
    await useEngine("cpu");
    const slope = tf.grad((x) => tf.cast(tf.greater(x, 1), "float32"))(tf.tensor1d([0, 1, 2]));
    expect(Array.from(slope.dataSync())).toEqual([0, 0, 0]);
  });
});
