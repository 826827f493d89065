/**
 * The element types of a safetensors file: how many bytes an element has, and which array holds them.
 *
 * Half precision has no array in JavaScript: both kinds are read as float32, which holds each of their numbers exactly.
 *
 * Source:  https://github.com/huggingface/safetensors, README, "Format"; IEEE 754-2008, section 3.4, for half precision
 * Chapter: notebooks/13-pre-training.ipynb
 */

/** The numbers of a tensor. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/** An element type by its name in files. BOOL is a byte, 0 or 1. */
export type ElementType =
  | "F64"
  | "I64"
  | "U64"
  | "F32"
  | "I32"
  | "U32"
  | "F16"
  | "BF16"
  | "I16"
  | "U16"
  | "I8"
  | "U8"
  | "BOOL";

interface Elements {
  /** Bytes of one element. */
  readonly size: number;
  /** The array that the bytes are seen as. */
  readonly Stored: {
    new (buffer: ArrayBufferLike, start: number, length: number): TensorData;
  };
  /** Float32 numbers of what is stored, where that is not what they mean. */
  readonly widen?: (words: Uint16Array) => Float32Array;
}

/** All that can be read. */
export const elementTypes: Readonly<Record<ElementType, Elements>> = {
  F64: { size: 8, Stored: Float64Array },
  I64: { size: 8, Stored: BigInt64Array },
  U64: { size: 8, Stored: BigUint64Array },
  F32: { size: 4, Stored: Float32Array },
  I32: { size: 4, Stored: Int32Array },
  U32: { size: 4, Stored: Uint32Array },
  F16: { size: 2, Stored: Uint16Array, widen: widenHalf },
  BF16: { size: 2, Stored: Uint16Array, widen: widenBrain },
  I16: { size: 2, Stored: Int16Array },
  U16: { size: 2, Stored: Uint16Array },
  I8: { size: 1, Stored: Int8Array },
  U8: { size: 1, Stored: Uint8Array },
  BOOL: { size: 1, Stored: Uint8Array },
};

/** The numbers that these bytes mean; they are copied where an array cannot begin at their place in memory. */
export function dataOf(type: ElementType, bytes: Uint8Array): TensorData {
  const { size, Stored, widen } = elementTypes[type];
  const placed = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  const stored = new Stored(placed.buffer, placed.byteOffset, placed.byteLength / size);
  return widen ? widen(stored as Uint16Array) : stored;
}

/** bfloat16 is the upper half of a float32. */
function widenBrain(words: Uint16Array): Float32Array {
  const bits = new Uint32Array(words.length);
  for (let i = 0; i < words.length; i++) bits[i] = words[i]! << 16;
  return new Float32Array(bits.buffer);
}

/** 1 bit of sign, 5 of exponent (15 means 1), 10 of fraction. */
function widenHalf(words: Uint16Array): Float32Array {
  const wide = new Float32Array(words.length);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const sign = word & 0x8000 ? -1 : 1;
    const exponent = (word >> 10) & 31;
    const fraction = word & 1023;
    if (exponent === 31) wide[i] = fraction === 0 ? sign * Infinity : NaN;
    else if (exponent === 0) wide[i] = sign * fraction * 2 ** -24;
    else wide[i] = sign * (1024 + fraction) * 2 ** (exponent - 25);
  }
  return wide;
}
