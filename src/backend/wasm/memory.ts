/**
 * The memory of the package's WebAssembly backend, and where its tensors lie in it.
 *
 * Our own loops import this very memory, so that nothing is copied. It grows when tensors are made: views of
 * JavaScript on it go stale, places do not.
 *
 * Source:  `BackendWasm`, https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-backend-wasm/src/backend_wasm.ts
 * Chapter: notebooks/00-start.ipynb
 */
import type { DataType, TensorInfo, TypedArray } from "@tensorflow/tfjs";

import { DataError } from "../../core/errors.ts";
import type { WasmMemory } from "../../core/wasm-instance.ts";

/** The part of the package's backend that our kernels use. */
export interface WasmBackend {
  readonly wasm: {
    /** What the module made by Emscripten exports. */
    readonly asm: { readonly memory: WasmMemory };
    readonly _malloc: (bytes: number) => number;
  };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): TypedArray;
  incRef(dataId: object): void;
  disposeData(dataId: object): boolean;
}

/** The first byte of a tensor's numbers. */
export function placeOf(tensor: TensorInfo, backend: WasmBackend): number {
  return backend.dataIdMap.get(tensor.dataId).memoryOffset;
}

/** How many numbers a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The tensor's numbers under another shape, without a copy. */
export function shareAs(tensor: TensorInfo, shape: number[], backend: WasmBackend): TensorInfo {
  backend.incRef(tensor.dataId);
  return { dataId: tensor.dataId, shape, dtype: tensor.dtype };
}

const LINE = 64; // bytes that a processor fetches at once

/** Memory that is never given back, for loops to work in; throws `DataError` when there is none left. */
export function reserve(bytes: number, backend: WasmBackend): number {
  // Places beyond 2 GiB come back as negative numbers.
  const place = backend.wasm._malloc(bytes + LINE) >>> 0;
  if (place === 0) {
    throw new DataError(
      `wasm: expected ${bytes} free bytes of its 4 GiB of memory, got none; dispose of tensors, or train with smaller batches`,
    );
  }
  return Math.ceil(place / LINE) * LINE;
}
