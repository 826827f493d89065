/**
 * `tf.sum` over the leading axes on the engine `wasm`: rows are added up where they lie.
 *
 * This is what the gradient of everything added or multiplied along rows needs: biases, gains, positions. The
 * package's kernel transposes first.
 *
 * Axes:    R rows, C columns
 * Source:  https://js.tensorflow.org/api/4.22.0/#sum
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { KernelCall, KernelResult, One } from "./kernel-call.ts";
import { placeOf, sizeOf } from "./memory.ts";
import { workshopOf } from "./workshop.ts";

const NUMBER = 4; // bytes of a float32

interface SumAttributes {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

/** The sums over leading axes of `x`; other axes are left to the package. */
export function sum({
  inputs: { x },
  attrs: { axis, keepDims },
  backend,
}: KernelCall<One, SumAttributes>): KernelResult {
  const summed = new Set(tf.util.parseAxisParam(axis, x.shape));
  const leading = [...summed].every((i) => i < summed.size);
  const columns = sizeOf(x.shape.slice(summed.size));
  const rows = sizeOf(x.shape.slice(0, summed.size));
  // One column is one long sum, which the package's kernel does as it lies.
  if (!leading || rows === 0 || columns <= 1) return undefined;
  const shape = x.shape.flatMap((size, i) => (summed.has(i) ? (keepDims ? [1] : []) : [size]));
  const out = backend.makeOutput(shape, "float32");
  backend.typedArrayFromHeap(out).fill(0);
  const { addRows } = workshopOf(backend).loops;
  addRows(placeOf(x, backend), placeOf(out, backend), rows, columns * NUMBER);
  return out;
}
