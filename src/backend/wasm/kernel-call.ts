/**
 * How TensorFlow.js calls a kernel, and what it gets.
 *
 * Source:  `KernelFunc`, https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-core/src/kernel_registry.ts
 * Chapter: notebooks/00-start.ipynb
 */
import type { TensorInfo } from "@tensorflow/tfjs";

import type { WasmBackend } from "./memory.ts";

/** Inputs by name, attributes, and the backend that holds them. */
export interface KernelCall<Inputs, Attributes = unknown> {
  readonly inputs: Inputs;
  readonly attrs: Attributes;
  readonly backend: WasmBackend;
}

/** The input of most kernels. */
export interface One {
  readonly x: TensorInfo;
}

/** What a kernel makes; undefined asks the package's kernel to do it. */
export type KernelResult = TensorInfo | TensorInfo[] | undefined;
