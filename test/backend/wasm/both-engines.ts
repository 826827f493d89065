import * as tf from "@tensorflow/tfjs";
import { expect } from "vitest";

import { useEngine } from "../../../src/backend/engine.ts";
import { registerWasmKernels } from "../../../src/backend/wasm/kernels.ts";
import { Random } from "../../../src/core/random.ts";

/** Numbers from −1 to 1, the same for the same seed. */
export function numbers(shape: number[], seed: number): tf.Tensor {
  const random = new Random(seed);
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => {
    return 2 * random.uniform() - 1;
  });
  return tf.tensor(values, shape);
}

/** Makes WebAssembly, with our kernels, the engine that computes. */
export async function useWasm(): Promise<void> {
  await useEngine("wasm");
  registerWasmKernels();
}

interface Result {
  readonly shape: number[];
  readonly dtype: string;
  readonly values: number[];
}

async function run(compute: () => tf.Tensor | tf.Tensor[]): Promise<Result[]> {
  const results = [tf.tidy(compute)].flat();
  return Promise.all(
    results.map(async (result) => {
      const values = Array.from(await result.data());
      result.dispose();
      return { shape: result.shape, dtype: result.dtype, values };
    }),
  );
}

/** Expects of WebAssembly what plain JavaScript computes, within `tolerance` for each number. */
export async function expectAsOnCpu(
  compute: () => tf.Tensor | tf.Tensor[],
  tolerance: number = 1e-5,
): Promise<void> {
  await useEngine("cpu");
  const expected = await run(compute);
  await useWasm();
  const got = await run(compute);
  expect(got.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
    expected.map(({ shape, dtype }) => ({ shape, dtype })),
  );
  for (const [i, { values }] of expected.entries()) expectClose(got[i]!.values, values, tolerance);
}

/** Expects each number within `tolerance` of its twin; NaN is the twin of NaN. */
export function expectClose(
  got: readonly number[],
  expected: readonly number[],
  tolerance: number = 1e-5,
): void {
  expect(got.length).toBe(expected.length);
  const off = expected.flatMap((value, i) =>
    Object.is(value, got[i]) || Math.abs(value - got[i]!) <= tolerance ? [] : [[i, value, got[i]]],
  );
  expect(off).toEqual([]);
}
