import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import type { Graph } from "../../src/jit/graph.ts";
import "../../src/jit/kernels/table.ts";
import { replay } from "../../src/jit/replay.ts";
import { simplify } from "../../src/jit/simplify.ts";
import { trace } from "../../src/jit/trace.ts";

beforeAll(() => useEngine("cpu"));

const matrix = { shape: [2, 3], dtype: "float32" } as const;
const numbers = [
  [1, -2, 3],
  [0.5, 4, -0.25],
];

/** The step's operations once simplified; its results are checked to be those of the step. */
function simplified(step: (x: tf.Tensor2D) => tf.Tensor | tf.Tensor[]): readonly string[] {
  const graph = trace(([x]) => [step(x as tf.Tensor2D)].flat(), [matrix]);
  const simpler = simplify(graph);
  const x = tf.tensor2d(numbers);
  const expected = replay(graph).run([x]);
  const found = replay(simpler).run([x]);
  expect(found.map((each) => each.arraySync())).toEqual(expected.map((each) => each.arraySync()));
  expect(found.map(({ shape, dtype }) => [shape, dtype])).toEqual(
    expected.map(({ shape, dtype }) => [shape, dtype]),
  );
  return kernelsOf(simpler);
}

const kernelsOf = ({ nodes }: Graph): readonly string[] =>
  nodes.flatMap((node) => (node.kind === "operation" ? [node.kernel] : []));

describe("simplify", () => {
  it("computes equal things once", () => {
    expect(simplified((x) => tf.add(tf.exp(x), tf.exp(x)))).toEqual(["Exp", "Add"]);
    expect(simplified((x) => [tf.sum(x, 0), tf.sum(x, 0), tf.sum(x, 1)])).toEqual(["Sum", "Sum"]);
  });

  it("tells attributes apart that JSON would write alike", () => {
    expect(
      simplified((x) => [tf.clipByValue(x, -Infinity, 1), tf.clipByValue(x, 1, Infinity)]),
    ).toEqual(["ClipByValue", "ClipByValue"]);
  });

  it("tells constants apart: 0 from −0, and by type", () => {
    expect(simplified((x) => [tf.div(x, tf.scalar(0)), tf.div(x, tf.scalar(-0))])).toEqual([
      "RealDiv",
      "RealDiv",
    ]);
  });

  it("keeps what makes 0 of −0", () => {
    expect(simplified((x) => tf.div(1, tf.add(tf.mul(x, -0), 0)))).toEqual([
      "Multiply",
      "Add",
      "RealDiv",
    ]);
    expect(
      simplified((x) =>
        [-0, 0].map((edge) =>
          tf.div(
            1,
            tf.pad(
              x,
              [
                [1, 0],
                [0, 0],
              ],
              edge,
            ),
          ),
        ),
      ),
    ).toEqual(["PadV2", "RealDiv", "PadV2", "RealDiv"]);
  });

  it("leaves out what no result needs", () => {
    expect(
      simplified((x) => {
        tf.exp(x);
        return tf.neg(x);
      }),
    ).toEqual(["Neg"]);
  });

  it("keeps an argument that nobody needs, so that calls stay as they were", () => {
    const graph = simplify(trace(() => [tf.scalar(1)], [matrix]));
    expect(graph.nodes.map(({ kind }) => kind)).toEqual(["argument", "constant"]);
  });

  it("drops times one, minus zero, and the ones and zeros of gradients", () => {
    expect(simplified((x) => tf.mul(tf.sub(x, 0), tf.onesLike(x)))).toEqual([]);
    expect(simplified((x) => tf.sub(tf.div(x, 1), tf.zerosLike(x)))).toEqual([]);
    expect(simplified((x) => tf.sub(0, x))).toEqual(["Sub"]);
    expect(simplified((x) => tf.div(1, x))).toEqual(["RealDiv"]);
  });

  it("keeps a product with one whose shape is larger, as a broadcast", () => {
    expect(simplified((x) => tf.mul(tf.sum(x, 1, true), tf.ones([2, 3])))).toEqual([
      "Sum",
      "BroadcastTo",
    ]);
  });

  it("moves a broadcast behind elementwise operations, where it may meet its end", () => {
    expect(
      simplified((x) => tf.add(tf.neg(tf.mul(tf.sum(x, 1, true), tf.ones([2, 3]))), x)),
    ).toEqual(["Sum", "Neg", "Add"]);
  });

  it("calculates with known numbers in the precision of float32", () => {
    expect(
      simplified((x) => tf.mul(x, tf.div(tf.add(tf.scalar(0.1), tf.scalar(0.2)), tf.scalar(3)))),
    ).toEqual(["Multiply"]);
  });

  it("leaves the gradient of a mean with one division and no ones", () => {
    expect(simplified((x) => tf.grad((z: tf.Tensor) => tf.mean(tf.square(z)))(x))).toEqual([
      "Multiply",
      "Multiply",
    ]);
  });

  it("sees through reshapes, transpositions, casts and repetitions", () => {
    expect(simplified((x) => tf.reshape(tf.expandDims(tf.reshape(x, [6]), 0), [2, 3]))).toEqual([]);
    expect(simplified((x) => tf.reshape(tf.reshape(x, [6]), [3, 2]))).toEqual(["Reshape"]);
    expect(simplified((x) => tf.transpose(tf.transpose(x)))).toEqual([]);
    // Two that give something else in the other order.
    expect(
      simplified((x) => tf.transpose(tf.transpose(tf.reshape(x, [1, 2, 3]), [1, 2, 0]), [0, 2, 1])),
    ).toEqual(["Reshape", "Transpose"]);
    expect(simplified((x) => tf.cast(x, "float32"))).toEqual([]);
    expect(simplified((x) => tf.tile(tf.sum(x, 1, true), [1, 3]))).toEqual(["Sum", "BroadcastTo"]);
    expect(simplified((x) => tf.tile(x, [1, 2]))).toEqual(["Tile"]);
    expect(simplified((x) => [tf.concat([x]), tf.addN([x]), tf.sum(x, [])])).toEqual([]);
  });

  it("does not take types for each other", () => {
    expect(simplified((x) => tf.mul(tf.cast(x, "int32"), tf.scalar(1, "int32")))).toEqual(["Cast"]);
    expect(simplified((x) => tf.cast(tf.cast(x, "int32"), "float32"))).toEqual(["Cast", "Cast"]);
  });
});
