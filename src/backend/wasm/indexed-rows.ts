/**
 * `tf.gather` and the sum that is its gradient on the engine `wasm`: rows named by their number.
 *
 * The package has no `UnsortedSegmentSum` at all, so that no embedding could be trained.
 *
 * Axes:    N ids, S segments, C numbers behind each id
 * Source:  https://www.tensorflow.org/api_docs/python/tf/math/unsorted_segment_sum
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { DataError, ShapeError } from "../../core/errors.ts";
import type { KernelCall, KernelResult } from "./kernel-call.ts";
import { sizeOf } from "./memory.ts";

interface SegmentSumInputs {
  readonly x: tf.TensorInfo;
  readonly segmentIds: tf.TensorInfo;
}

/** (N, C) → (S, C): row s is the sum of the rows whose id is s; an id that is no segment's is left out. */
export function segmentSum({
  inputs: { x, segmentIds },
  attrs: { numSegments: segments },
  backend,
}: KernelCall<SegmentSumInputs, { readonly numSegments: number }>): KernelResult {
  const axes = segmentIds.shape.length;
  if (segmentIds.shape.some((size, axis) => size !== x.shape[axis])) {
    throw new ShapeError(
      `unsortedSegmentSum: expected an id for each row of x, got ids of [${segmentIds.shape.join(", ")}] for [${x.shape.join(", ")}]; the ids' shape must be how the shape of x begins`,
    );
  }
  const out = backend.makeOutput([segments, ...x.shape.slice(axes)], x.dtype);
  const C = sizeOf(x.shape.slice(axes));
  const sums = backend.typedArrayFromHeap(out).fill(0);
  const rows = backend.typedArrayFromHeap(x);
  const ids = backend.typedArrayFromHeap(segmentIds);
  for (let n = 0; n < ids.length; n++) {
    const id = ids[n]!;
    if (id < 0 || id >= segments) continue;
    const [from, to] = [n * C, id * C];
    for (let c = 0; c < C; c++) sums[to + c]! += rows[from + c]!;
  }
  return out;
}

interface GatherInputs {
  readonly x: tf.TensorInfo;
  readonly indices: tf.TensorInfo;
}

interface GatherAttributes {
  readonly axis: number;
  readonly batchDims: number;
}

/** The slices of `x` along an axis that the ids name; throws `DataError` for an id that is none. */
export function gather({
  inputs: { x, indices },
  attrs,
  backend,
}: KernelCall<GatherInputs, GatherAttributes>): KernelResult {
  const axis = tf.util.parseAxisParam(attrs.axis, x.shape)[0]!;
  const { batchSize, outerSize, dimSize, sliceSize, outputShape } =
    tf.backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, attrs.batchDims);
  const wrong = backend.typedArrayFromHeap(indices).find((id) => id < 0 || id >= dimSize);
  if (wrong !== undefined) {
    throw new DataError(
      `gather: expected ids from 0 to ${dimSize - 1}, got ${wrong}; check where the ids come from`,
    );
  }
  const out = backend.makeOutput(outputShape, x.dtype);
  // Views of the memory only now: to make the output may have let it grow.
  const gathered = backend.typedArrayFromHeap(out);
  const slices = backend.typedArrayFromHeap(x);
  const ids = backend.typedArrayFromHeap(indices);
  const N = ids.length / batchSize;
  let to = 0;
  for (let batch = 0; batch < batchSize; batch++) {
    for (let outer = 0; outer < outerSize; outer++) {
      const first = (batch * outerSize + outer) * dimSize;
      for (let n = batch * N; n < (batch + 1) * N; n++) {
        const from = (first + ids[n]!) * sliceSize;
        for (let c = 0; c < sliceSize; c++) gathered[to++] = slices[from + c]!;
      }
    }
  }
  return out;
}
