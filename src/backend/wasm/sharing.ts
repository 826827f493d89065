/**
 * `tf.clone`, and `tf.cast` to the type that a tensor has, on the engine `wasm`: tensors never change, so both
 * may share their numbers, where the package's kernels copy them.
 *
 * Source:  `incRef`, https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-core/src/backends/backend.ts
 * Chapter: notebooks/00-start.ipynb
 */
import type { DataType } from "@tensorflow/tfjs";

import type { KernelCall, KernelResult, One } from "./kernel-call.ts";
import { shareAs } from "./memory.ts";

/** The same numbers once more. */
export function identity({ inputs: { x }, backend }: KernelCall<One>): KernelResult {
  return shareAs(x, x.shape, backend);
}

/** The same numbers, if they are of this type already. */
export function cast({
  inputs: { x },
  attrs: { dtype },
  backend,
}: KernelCall<One, { readonly dtype: DataType }>): KernelResult {
  return dtype === x.dtype ? shareAs(x, x.shape, backend) : undefined;
}
