/**
 * Which tensors can be traced: those of float32, int32 and bool.
 *
 * Source:  https://js.tensorflow.org/api/latest/#tensor, on types of elements
 * Chapter: notebooks/00-start.ipynb
 */
import type * as tf from "@tensorflow/tfjs";

import type { ElementType, TensorType } from "./graph.ts";
import { UnsupportedError } from "./untraceable.ts";

/** The type of elements; throws `UnsupportedError` for one that the compiler does not know. */
export function elementType(dtype: string): ElementType {
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") return dtype;
  throw new UnsupportedError(`tensors of ${dtype} are not in the compiler's table`);
}

/** Shape and element type of a tensor; throws `UnsupportedError` as `elementType` does. */
export function tensorType({ shape, dtype }: tf.Tensor): TensorType {
  return { shape, dtype: elementType(dtype) };
}
