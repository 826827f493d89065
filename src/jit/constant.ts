/**
 * Tensors whose numbers are known: written as few numbers as they need.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/make_tensor_proto, which keeps equal numbers once as well
 * Chapter: notebooks/00-start.ipynb
 */
import {
  sizeOf,
  type Constant,
  type ConstantValues,
  type ElementType,
  type TensorType,
} from "./graph.ts";

/** Numbers in the array of that type of elements; booleans are bytes. */
export function arrayOf(dtype: ElementType, numbers: ArrayLike<number>): ConstantValues {
  if (dtype === "float32") return Float32Array.from(numbers);
  return dtype === "int32" ? Int32Array.from(numbers) : Uint8Array.from(numbers);
}

/** A constant of these numbers; when all are equal, it keeps one. */
export function constantNode(numbers: ArrayLike<number>, type: TensorType): Constant {
  const values = arrayOf(type.dtype, numbers);
  const isUniform = values.every((value) => Object.is(value, values[0]));
  return { kind: "constant", values: isUniform ? values.slice(0, 1) : values, outputs: [type] };
}

/** The numbers of a constant, one for each element. */
export function allValues({ values, outputs: [{ shape, dtype }] }: Constant): ConstantValues {
  const size = sizeOf(shape);
  if (values.length === size) return values.slice();
  return arrayOf(dtype, new Array<number>(size).fill(values[0] ?? 0));
}
