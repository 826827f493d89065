/**
 * `tf.oneHot` of truth values on the engine `wasm`.
 *
 * The package's kernel writes four bytes for each of them into memory for one, over what lies behind: here the numbers
 * are whole ones first.
 *
 * Source:  https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-backend-wasm/src/kernels/OneHot.ts
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { KernelCall, KernelResult } from "./kernel-call.ts";

interface OneHotAttributes {
  readonly dtype: tf.DataType;
  readonly depth: number;
  readonly onValue: number;
  readonly offValue: number;
}

/** Truth values by way of whole numbers; other types are left to the package. */
export function oneHot({
  inputs: { indices },
  attrs: { dtype, depth, onValue, offValue },
}: KernelCall<{ readonly indices: tf.TensorInfo }, OneHotAttributes>): KernelResult {
  if (dtype !== "bool") return undefined;
  return tf.tidy(() => {
    const numbers = tf.oneHot(indices as tf.Tensor, depth, onValue, offValue, "int32");
    return tf.cast(numbers, "bool");
  });
}
