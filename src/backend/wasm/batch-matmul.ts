/**
 * `tf.matMul` on the engine `wasm`: every layout and every batch by the same packed tiles.
 *
 * The package's own kernel is fast only for one product of matrices that are not transposed, and adds up number
 * by number otherwise, which is what gradients need.
 *
 * Axes:    A (…, M, K) · B (…, K, N) = C (…, M, N), the leading axes broadcast
 * Source:  https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-backend-wasm/src/cc/batch_mat_mul_impl.cc
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ShapeError } from "../../core/errors.ts";
import { multiplyInBlocks, type Operand } from "./blocked-product.ts";
import { workshopOf } from "./workshop.ts";
import type { KernelCall, KernelResult } from "./kernel-call.ts";
import { placeOf, sizeOf } from "./memory.ts";

interface Factors {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
}

interface Transposes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** A B for float32 tensors; throws `ShapeError` where inner sizes differ. */
export function batchMatMul({
  inputs: { a, b },
  attrs: { transposeA, transposeB },
  backend,
}: KernelCall<Factors, Transposes>): KernelResult {
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const [M, K] = transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [inner, N] = transposeB ? [bColumns, bRows] : [bRows, bColumns];
  if (inner !== K) {
    const [left, right] = [describe(a, transposeA), describe(b, transposeB)];
    throw new ShapeError(
      `matMul: expected the same inner size, got ${K} of ${left} and ${inner} of ${right}; check the shapes and the transposes`,
    );
  }
  const aBatch = a.shape.slice(0, -2);
  const bBatch = b.shape.slice(0, -2);
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  const c = backend.makeOutput([...batch, M, N], "float32");
  if (sizeOf(c.shape) === 0) return c;
  if (K === 0) {
    backend.typedArrayFromHeap(c).fill(0);
    return c;
  }

  const workshop = workshopOf(backend);
  const left = { place: placeOf(a, backend), stride: aColumns, itemsBeside: transposeA };
  const right = { place: placeOf(b, backend), stride: bColumns, itemsBeside: !transposeB };
  const target = placeOf(c, backend);
  if (sizeOf(bBatch) === 1 && !transposeA) {
    // One B for all: the rows of every A are rows of one product.
    const rows = sizeOf(batch) * M;
    multiplyInBlocks({ a: left, b: right, c: target }, { M: rows, N, K }, workshop);
    return c;
  }
  const aPlaces = matrices(aBatch, batch);
  const bPlaces = matrices(bBatch, batch);
  const at = (operand: Operand, matrix: number, numbers: number): Operand => ({
    ...operand,
    place: operand.place + 4 * matrix * numbers,
  });
  for (let i = 0; i < aPlaces.length; i++) {
    const operands = {
      a: at(left, aPlaces[i]!, M * K),
      b: at(right, bPlaces[i]!, K * N),
      c: target + 4 * i * M * N,
    };
    multiplyInBlocks(operands, { M, N, K }, workshop);
  }
  return c;
}

function describe({ shape }: tf.TensorInfo, transposed: boolean): string {
  return `[${shape.join(", ")}]${transposed ? " transposed" : ""}`;
}

/** For each matrix of the broadcast batch, the number of the one in `own` that stands there. */
function matrices(own: readonly number[], batch: readonly number[]): number[] {
  let places = [0];
  for (let axis = 0; axis < batch.length; axis++) {
    const size = own[axis - (batch.length - own.length)] ?? 1;
    places = places.flatMap((place) =>
      Array.from({ length: batch[axis]! }, (_, i) => place * size + (size === 1 ? 0 : i)),
    );
  }
  return places;
}
