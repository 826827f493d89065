import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { ShapeError } from "../../src/core/errors.ts";
import { stepDifferences } from "../../src/jit/difference.ts";
import { defineKernel } from "../../src/jit/kernels/kernel.ts";
import "../../src/jit/kernels/table.ts";
import { loadLowering, type EngineLowering } from "../../src/jit/lowering.ts";
import { replay } from "../../src/jit/replay.ts";
import { defineLowering } from "../../src/jit/tensorflow/kernel-lowering.ts";
import { trace } from "../../src/jit/trace.ts";

let lowering: EngineLowering;

beforeAll(async () => {
  await useEngine("tensorflow");
  lowering = (await loadLowering("tensorflow")) as EngineLowering;
});
afterAll(() => {
  tf.unregisterKernel("TestHalf", "tensorflow");
});

const matrix = { shape: [2, 3], dtype: "float32" } as const;

describe("a graph of TensorFlow", () => {
  it("refuses arguments of another shape, type or number, as its replay does", async () => {
    const graph = trace(([x, y]) => [tf.add(x as tf.Tensor, y as tf.Tensor)], [matrix, matrix]);
    const lowered = await lowering.lower(graph);
    const x = tf.ones([2, 3]);
    for (const program of [lowered, replay(graph)]) {
      expect(() => program.run([x, tf.ones([3, 2])])).toThrow(
        new ShapeError(
          "compile: expected float32 [2, 3] for tensor 2 of the arguments, got float32 [3, 2]; a graph runs for the shapes and types that it was traced for",
        ),
      );
      expect(() => program.run([tf.ones([2, 3], "int32"), x])).toThrow(
        new ShapeError(
          "compile: expected float32 [2, 3] for tensor 1 of the arguments, got int32 [2, 3]; a graph runs for the shapes and types that it was traced for",
        ),
      );
      expect(() => program.run([x])).toThrow(
        new ShapeError("compile: expected 2 tensors, got 1; call it as it was traced"),
      );
      expect(program.run([x, x])[0]?.dataSync()).toEqual(new Float32Array(6).fill(2));
    }
    lowered.dispose();
  });

  it("knows which kernel it lacks", () => {
    defineKernel({ name: "TestUnlowered", inputs: ["x"], outputs: ([x]) => (x ? [x] : []) });
    tf.registerKernel({
      kernelName: "TestUnlowered",
      backendName: "tensorflow",
      kernelFunc: ({ inputs }) => inputs.x as tf.TensorInfo,
    });
    const step = (x: tf.Tensor): tf.Tensor => tf.engine().runKernel("TestUnlowered", { x });
    const graph = trace(([x]) => [tf.neg(step(x as tf.Tensor))], [matrix]);
    expect(lowering.missingKernel(graph)).toBe("TestUnlowered");
    expect(lowering.missingKernel(trace(([x]) => [tf.neg(x as tf.Tensor)], [matrix]))).toBe(
      undefined,
    );
    tf.unregisterKernel("TestUnlowered", "tensorflow");
  });

  it("tells the constants 0 and −0 apart", async () => {
    const graph = trace(
      ([x]) => [tf.div(x as tf.Tensor, tf.scalar(0)), tf.div(x as tf.Tensor, tf.scalar(-0))],
      [matrix],
    );
    const lowered = await lowering.lower(graph);
    const [up, down] = lowered.run([tf.ones([2, 3])]);
    expect(up?.dataSync()[0]).toBe(Infinity);
    expect(down?.dataSync()[0]).toBe(-Infinity);
    lowered.dispose();
  });

  it("passes constants of every type, filled and not", async () => {
    const graph = trace(
      ([x]) => [
        tf.add(x as tf.Tensor, tf.tensor2d([[0.5], [-0]])),
        tf.fill([2, 2], -7, "int32"),
        tf.tensor1d([1, -2, 3], "int32"),
        tf.tensor1d([true, false, true]),
        tf.fill([3], 1, "bool"),
        tf.zeros([0, 2]),
      ],
      [matrix],
    );
    const x = tf.ones([2, 3]);
    const lowered = await lowering.lower(graph);
    const found = lowered.run([x]);
    replay(graph)
      .run([x])
      .forEach((expected, place) => {
        expect(found[place]?.shape).toEqual(expected.shape);
        expect(found[place]?.dtype).toBe(expected.dtype);
        expect(found[place]?.dataSync()).toEqual(expected.dataSync());
      });
    lowered.dispose();
  });
});

describe("differences node by node", () => {
  it("point at the kernel whose lowering is wrong, and at those that depend on it", async () => {
    defineKernel({ name: "TestHalf", inputs: ["x"], outputs: ([x]) => (x ? [x] : []) });
    // Twice as much as it should be.
    defineLowering("TestHalf", ({ inputs }) => inputs.map(({ ref }) => ref));
    tf.registerKernel({
      kernelName: "TestHalf",
      backendName: "tensorflow",
      kernelFunc: ({ inputs }) => tf.mul(inputs.x as tf.Tensor, 0.5),
    });
    const weight = tf.variable(tf.scalar(1));
    const step = (x: tf.Tensor2D, rate: tf.Scalar): tf.Tensor => {
      const half: tf.Tensor = tf.engine().runKernel("TestHalf", { x: tf.exp(x) });
      weight.assign(tf.add(weight, rate));
      return tf.add(half, tf.square(x));
    };
    const x = tf.tensor2d([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const before = tf.memory().numTensors;
    const found = await stepDifferences(step, [x, 0.5]);
    const wrong = found.map(({ value, relative }) => [
      value.node.kind === "operation" ? value.node.kernel : "",
      relative > 1e-6,
    ]);
    expect(wrong).toEqual([
      ["Exp", false],
      ["TestHalf", true],
      ["Add", false],
      ["Square", false],
      ["Add", true],
    ]);
    expect(found[1]?.relative).toBeCloseTo(1, 6);
    expect(tf.memory().numTensors).toBe(before);
    expect(weight.dataSync()[0]).toBe(1);
  });
});
