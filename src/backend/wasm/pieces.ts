/**
 * `tf.slice`, `tf.split` and `tf.concat` on the engine `wasm`: rows copied where they lie.
 *
 * The package's kernels take a copy of the whole tensor for each slice.
 *
 * Source:  https://js.tensorflow.org/api/4.22.0/#slice, #split and #concat
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { KernelCall, KernelResult, One } from "./kernel-call.ts";
import { placeOf, sizeOf, type WasmBackend } from "./memory.ts";
import { copyAlong, stepsOf } from "./strided-copy.ts";
import { workshopOf } from "./workshop.ts";

const NUMBER = 4; // bytes of a float32

/** The part of `x` that begins at `begin` and has this size; −1 stands for all that is left. */
export function slice({
  inputs: { x },
  attrs,
  backend,
}: KernelCall<One, { readonly begin: number[]; readonly size: number[] }>): KernelResult {
  const [begin, size] = tf.slice_util.parseSliceParams(x, attrs.begin, attrs.size) as [
    number[],
    number[],
  ];
  return copyPart(x, { begin, size }, backend);
}

/** Pieces of `x` along an axis, as many or as long as asked for. */
export function split({
  inputs: { x },
  attrs,
  backend,
}: KernelCall<
  One,
  { readonly numOrSizeSplits: number | number[]; readonly axis: number }
>): KernelResult {
  const axis = tf.util.parseAxisParam(attrs.axis, x.shape)[0]!;
  const sizes = tf.backend_util.prepareSplitSize(x, attrs.numOrSizeSplits, axis);
  let first = 0;
  return sizes.map((length) => {
    const begin = x.shape.map((_, i) => (i === axis ? first : 0));
    const size = x.shape.map((whole, i) => (i === axis ? length : whole));
    first += length;
    return copyPart(x, { begin, size }, backend);
  });
}

/** The tensors one after the other along an axis. */
export function concat({
  inputs: tensors,
  attrs,
  backend,
}: KernelCall<readonly tf.TensorInfo[], { readonly axis: number }>): KernelResult {
  const axis = tf.util.parseAxisParam(attrs.axis, tensors[0]!.shape)[0]!;
  const shapes = tensors.map(({ shape }) => shape);
  tf.backend_util.assertParamsConsistent(shapes, axis);
  const out = backend.makeOutput(tf.backend_util.computeOutShape(shapes, axis), "float32");
  const { copyRows } = workshopOf(backend).loops;
  const rows = sizeOf(out.shape.slice(0, axis));
  const rowBytes = sizeOf(out.shape.slice(axis)) * NUMBER;
  let place = placeOf(out, backend);
  for (const tensor of tensors) {
    const bytes = sizeOf(tensor.shape.slice(axis)) * NUMBER;
    if (rows * bytes > 0) {
      copyRows(placeOf(tensor, backend), place, rows, bytes, bytes, rowBytes);
    }
    place += bytes;
  }
  return out;
}

function copyPart(
  x: tf.TensorInfo,
  { begin, size }: { readonly begin: readonly number[]; readonly size: number[] },
  backend: WasmBackend,
): tf.TensorInfo {
  const out = backend.makeOutput(size, "float32");
  if (sizeOf(size) === 0) return out;
  const fromSteps = stepsOf(x.shape);
  const toSteps = stepsOf(size);
  const axes = size.map((length, i) => ({
    size: length,
    fromStep: fromSteps[i]!,
    toStep: toSteps[i]!,
  }));
  const offset = begin.reduce((sum, first, i) => sum + first * fromSteps[i]!, 0);
  const places = { from: placeOf(x, backend) + offset, to: placeOf(out, backend) };
  copyAlong(axes, places, workshopOf(backend).loops);
  return out;
}
