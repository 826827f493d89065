/**
 * Just enough of an assembler to write a WebAssembly function in TypeScript, operands inside operators.
 *
 * JavaScript has no instruction that multiplies four float32 numbers at once; WebAssembly does (`f32x4.mul`).
 * Names are those of the WebAssembly text format, so `f32.add(a, b)` here is `(f32.add a b)` there.
 *
 * Source:  WebAssembly Core Specification 2.0, part 5 "Binary Format", https://webassembly.github.io/spec/core/binary/
 * Chapter: notebooks/02-embeddings.ipynb
 */

/** The bytes of some instructions. */
export type Code = readonly number[];

/** The byte that stands for each type of value. */
const types = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;

/** A whole number, a float32 number, or four float32 numbers side by side. */
export type ValueType = keyof typeof types;

/** One function: parameters and then locals have the numbers 0, 1, 2 … in `body`. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly locals: readonly ValueType[];
  readonly result?: ValueType;
  readonly body: readonly Code[];
}

/** Parameters and locals by their number. */
export const local = {
  get: (number: number): Code => [0x20, number],
  set: (number: number, value: Code): Code => [...value, 0x21, number],
} as const;

/** Whole numbers of 32 bits: places in memory. */
export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: (a: Code, b: Code): Code => [...a, ...b, 0x6a],
  mul: (a: Code, b: Code): Code => [...a, ...b, 0x6c],
  lessThan: (a: Code, b: Code): Code => [...a, ...b, 0x49],
} as const;

/** One float32 number. */
export const f32 = {
  const: (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)],
  add: (a: Code, b: Code): Code => [...a, ...b, 0x92],
} as const;

/** Four float32 numbers at a time; `place` is in bytes, `offset` is added to it. */
export const f32x4 = {
  load: (place: Code, offset: number = 0): Code => [...place, 0xfd, 0x00, 4, ...unsigned(offset)],
  store: (place: Code, value: Code, offset: number = 0): Code => [
    ...place,
    ...value,
    ...[0xfd, 0x0b, 4],
    ...unsigned(offset),
  ],
  splat: (value: Code): Code => [...value, 0xfd, 0x13],
  lane: (value: Code, lane: number): Code => [...value, 0xfd, 0x1f, lane],
  add: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xe4, 0x01],
  sub: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xe5, 0x01],
  mul: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xe6, 0x01],
  div: (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xe7, 0x01],
  sqrt: (a: Code): Code => [...a, 0xfd, 0xe3, 0x01],
} as const;

/** Repeats the body for as long as the condition, asked after it, is not 0: do { body } while (condition). */
export function doWhile(body: readonly Code[], condition: Code): Code {
  return [0x03, 0x40, ...body.flat(), ...condition, 0x0d, 0, 0x0b];
}

/** A module of these functions, over a memory that is imported as `host.memory`. */
export function assemble(functions: readonly WasmFunction[]): Uint8Array {
  return Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
    ...section(1, functions.map(signature)),
    ...section(2, [[...text("host"), ...text("memory"), 2, 0, 1]]), // at least 1 page of 64 KiB
    ...section(
      3,
      functions.map((_, i) => unsigned(i)),
    ),
    ...section(
      7,
      functions.map(({ name }, i) => [...text(name), 0, ...unsigned(i)]),
    ),
    ...section(10, functions.map(code)),
  );
}

function signature({ parameters, result }: WasmFunction): Code {
  const results = result === undefined ? [] : [result];
  return [0x60, ...list(parameters.map(typeByte)), ...list(results.map(typeByte))];
}

function code({ locals, body }: WasmFunction): Code {
  const bytes = [...list(locals.map((type) => [1, types[type]])), ...body.flat(), 0x0b];
  return [...unsigned(bytes.length), ...bytes];
}

function typeByte(type: ValueType): Code {
  return [types[type]];
}

function section(id: number, items: readonly Code[]): Code {
  const bytes = list(items);
  return [id, ...unsigned(bytes.length), ...bytes];
}

function list(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function text(name: string): Code {
  return list([...name].map((letter) => [letter.charCodeAt(0)]));
}

/** LEB128: seven bits a byte, the lowest first, the eighth says that more follow. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** The same for numbers with a sign: the last byte's seventh bit is the sign. */
function signed(value: number): Code {
  const last = value >= -0x40 && value < 0x40;
  return last ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
