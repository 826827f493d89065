/**
 * What the engine `wasm` lacks or does slowly, put in the place of the package's kernels.
 *
 * After this, plain `tf.matMul` and the like are right and fast, and nobody has to ask on which engine they run.
 * What a kernel of ours is not made for, such as numbers that are not of float32, goes to the package's kernel.
 *
 * Source:  https://www.tensorflow.org/js/guide/custom_ops for `registerKernel`
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { isKnown } from "../../core/wasm-instance.ts";
import { batchMatMul } from "./batch-matmul.ts";
import { sum } from "./column-sums.ts";
import { gather, segmentSum } from "./indexed-rows.ts";
import type { KernelResult } from "./kernel-call.ts";
import { concat, slice, split } from "./pieces.ts";
import { erf, exp, tanh } from "./pointwise-kernels.ts";
import { tile } from "./repetition.ts";
import { oneHot } from "./one-hot.ts";
import { copyRows } from "./row-copies.ts";
import { cast, identity } from "./sharing.ts";
import { transpose } from "./transpose.ts";

/** A kernel of any inputs and attributes. */
type Kernel = (call: never) => KernelResult;

/** For tensors of float32; they need SIMD. */
const floatKernels: Readonly<Record<string, Kernel>> = {
  BatchMatMul: batchMatMul,
  Concat: concat,
  Erf: erf,
  Exp: exp,
  Slice: slice,
  SplitV: split,
  Sum: sum,
  Tanh: tanh,
  Tile: tile,
  Transpose: transpose,
};

/** For all that is made of numbers: float32, int32 and bool. */
const numberKernels: Readonly<Record<string, Kernel>> = {
  Cast: cast,
  GatherV2: gather,
  Identity: identity,
  OneHot: oneHot,
  UnsortedSegmentSum: segmentSum,
};

let registered = false;

/** Registers our kernels for the engine `wasm`, whose package must be loaded; a second call does nothing. */
export function registerWasmKernels(): void {
  if (registered) return;
  registered = true;
  if (isKnown(copyRows())) register(floatKernels, ["float32"]);
  register(numberKernels, ["float32", "int32", "bool"]);
}

function register(kernels: Readonly<Record<string, Kernel>>, types: readonly tf.DataType[]): void {
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    const original = tf.getKernel(kernelName, "wasm") as tf.KernelConfig | undefined;
    if (original !== undefined) tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({
      ...original,
      kernelName,
      backendName: "wasm",
      kernelFunc: (call) => {
        const ours = Object.values(call.inputs).every(
          (input) => input !== undefined && types.includes(input.dtype),
        );
        const result = ours ? kernel(call as never) : undefined;
        if (result !== undefined) return result;
        if (original === undefined) return missing(kernelName, types);
        return original.kernelFunc(call);
      },
    });
  }
}

function missing(kernelName: string, types: readonly tf.DataType[]): never {
  throw new TypeError(
    `${kernelName} on the engine wasm: expected tensors of ${types.join(", ")}, got another type; cast them, or use another engine`,
  );
}
