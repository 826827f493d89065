/**
 * What the engine `wasm` lacks or does slowly, put in the place of the package's kernels.
 *
 * After this, plain `tf.matMul` and the like are right and fast, and nobody has to ask on which engine they run.
 * Tensors that are not of float32 go to the package's kernel as before.
 *
 * Source:  https://www.tensorflow.org/js/guide/custom_ops for `registerKernel`
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { batchMatMul, type MatMulCall } from "./batch-matmul.ts";
import type { WasmBackend } from "./memory.ts";

/** What TensorFlow.js calls a kernel with. */
interface Call {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly backend: WasmBackend;
}

const kernels: Readonly<Record<string, (call: Call) => tf.TensorInfo | tf.TensorInfo[]>> = {
  BatchMatMul: ({ inputs, attrs, backend }) =>
    batchMatMul({ ...inputs, ...attrs } as unknown as MatMulCall, backend),
};

let registered = false;

/** Registers our kernels for the engine `wasm`, whose package must be loaded; a second call does nothing. */
export function registerWasmKernels(): void {
  if (registered) return;
  registered = true;
  for (const [kernelName, compute] of Object.entries(kernels)) {
    const original = tf.getKernel(kernelName, "wasm");
    tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({
      ...original,
      kernelFunc: (call) => {
        const ours = Object.values(call.inputs).every((input) => input?.dtype === "float32");
        return ours ? compute(call as unknown as Call) : original.kernelFunc(call);
      },
    });
  }
}
