/**
 * The attributes of TensorFlow's operations, as messages of protobuf.
 *
 * Source:  https://www.tensorflow.org/api_docs/cc/class/tensorflow/attr-value (attr_value.proto), types.proto, tensor_shape.proto
 * Chapter: notebooks/00-start.ipynb
 */
import { BinaryWriter } from "@bufbuild/protobuf/wire";

import type { ElementType } from "../graph.ts";

/** One attribute: its name and its value, encoded as an AttrValue. */
export interface Attribute {
  readonly name: string;
  readonly value: Uint8Array;
}

/** The numbers that TensorFlow gives to types of elements (types.proto). */
const TYPES: Readonly<Record<ElementType | "int64" | "uint32" | "uint64", number>> = {
  float32: 1,
  int32: 3,
  int64: 9,
  bool: 10,
  uint32: 22,
  uint64: 23,
};

/** A type of elements that a graph may use inside; tensors that go in and out have an `ElementType`. */
export type GraphType = keyof typeof TYPES;

/** The number of a type of elements. */
export function typeNumber(dtype: GraphType): number {
  return TYPES[dtype];
}

/** A type of elements: `T`, `dtype`, `Tidx`. */
export function typeAttribute(name: string, dtype: GraphType): Attribute {
  return { name, value: new BinaryWriter().tag(6, 0).int32(TYPES[dtype]).finish() };
}

/** A whole number: `axis`, `N`, `num_split`. */
export function intAttribute(name: string, value: number): Attribute {
  return { name, value: new BinaryWriter().tag(3, 0).int64(value).finish() };
}

/** A number: `alpha`, `epsilon`. */
export function floatAttribute(name: string, value: number): Attribute {
  return { name, value: new BinaryWriter().tag(4, 5).float(value).finish() };
}

/** A flag: `transpose_a`, `keep_dims`. */
export function boolAttribute(name: string, value: boolean): Attribute {
  return { name, value: new BinaryWriter().tag(5, 0).bool(value).finish() };
}

/** A word: `padding`, `data_format`. */
export function stringAttribute(name: string, value: string): Attribute {
  return { name, value: new BinaryWriter().tag(2, 2).string(value).finish() };
}

/** A shape: that of a placeholder, of a variable. */
export function shapeAttribute(name: string, shape: readonly number[]): Attribute {
  return { name, value: new BinaryWriter().tag(7, 2).bytes(shapeMessage(shape)).finish() };
}

/** A list of whole numbers: strides, dilations. */
export function intsAttribute(name: string, values: readonly number[]): Attribute {
  const list = new BinaryWriter();
  for (const value of values) list.tag(3, 0).int64(value);
  return { name, value: new BinaryWriter().tag(1, 2).bytes(list.finish()).finish() };
}

/** A tensor, given as a TensorProto. */
export function tensorAttribute(name: string, tensor: Uint8Array): Attribute {
  return { name, value: new BinaryWriter().tag(8, 2).bytes(tensor).finish() };
}

/** A shape as a TensorShapeProto. */
export function shapeMessage(shape: readonly number[]): Uint8Array {
  const message = new BinaryWriter();
  for (const length of shape) {
    message.tag(2, 2).bytes(new BinaryWriter().tag(1, 0).int64(length).finish());
  }
  return message.finish();
}
