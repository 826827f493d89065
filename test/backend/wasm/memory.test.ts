import * as tf from "@tensorflow/tfjs";
import { beforeEach, describe, expect, it } from "vitest";

import type { WasmBackend } from "../../../src/backend/wasm/memory.ts";

import { numbers, useWasm } from "./both-engines.ts";

/** Bytes of the memory of WebAssembly. */
function heap(): number {
  return (tf.backend() as unknown as WasmBackend).wasm.asm.memory.buffer.byteLength;
}

/** A step through every kernel of ours. */
function step(table: tf.Tensor2D, matrix: tf.Tensor2D, ids: tf.Tensor1D): tf.Scalar {
  const { value, grads } = tf.valueAndGrads((x: tf.Tensor, w: tf.Tensor) => {
    const rows = tf.gather(x, ids);
    return tf.sum(tf.matMul(rows, w).transpose());
  })([table, matrix]);
  return tf.addN([value, ...grads.map((gradient) => tf.sum(gradient))]) as tf.Scalar;
}

describe("the memory of WebAssembly", () => {
  beforeEach(useWasm);

  it("keeps neither tensors nor bytes over 1,000 steps", () => {
    const table = numbers([19, 33], 1) as tf.Tensor2D;
    const matrix = numbers([33, 21], 2) as tf.Tensor2D;
    const ids = tf.tensor1d([3, 3, 18, 0, 7], "int32");
    tf.tidy(() => step(table, matrix, ids).dataSync());
    const [tensors, bytes] = [tf.memory().numTensors, heap()];
    for (let i = 0; i < 1000; i++) tf.tidy(() => step(table, matrix, ids).dataSync());
    expect(tf.memory().numTensors).toBe(tensors);
    expect(heap()).toBe(bytes);
  });

  it("may grow between two uses of a tensor", () => {
    const table = numbers([19, 33], 1) as tf.Tensor2D;
    const matrix = numbers([33, 21], 2) as tf.Tensor2D;
    const ids = tf.tensor1d([3, 3, 18, 0, 7], "int32");
    const before = tf.tidy(() => step(table, matrix, ids).dataSync()[0]);
    const bytes = heap();
    const large = tf.zeros([1 + bytes / 4]);
    expect(heap()).toBeGreaterThan(bytes);
    expect(tf.tidy(() => step(table, matrix, ids).dataSync()[0])).toBe(before);
    large.dispose();
  });
});
