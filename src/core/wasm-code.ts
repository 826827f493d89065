/**
 * Instructions of WebAssembly as bytes, operands inside operators.
 *
 * JavaScript has no instruction that multiplies four float32 numbers at once; WebAssembly does (`f32x4.mul`).
 * Names are those of the WebAssembly text format, so `f32.add(a, b)` here is `(f32.add a b)` there.
 * A `place` is a byte of the memory; `offset` is added to it for nothing.
 *
 * Source:  WebAssembly Core Specification 2.0, part 5 "Binary Format", https://webassembly.github.io/spec/core/binary/;
 *          https://github.com/WebAssembly/relaxed-simd for `f32x4.relaxedMultiplyAdd`
 * Chapter: notebooks/02-embeddings.ipynb
 */

/** The bytes of some instructions. */
export type Code = readonly number[];

/** Parameters and locals by their number. */
export const local = {
  get: (number: number): Code => [0x20, ...unsigned(number)],
  set: (number: number, value: Code): Code => [...value, 0x21, ...unsigned(number)],
} as const;

/** Whole numbers of 32 bits: places in memory and counts. */
export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  load: (place: Code, offset: number = 0): Code => [...place, 0x28, 2, ...unsigned(offset)],
  store: (place: Code, value: Code, offset: number = 0): Code => [
    ...place,
    ...value,
    ...[0x36, 2],
    ...unsigned(offset),
  ],
  add: (a: Code, b: Code): Code => [...a, ...b, 0x6a],
  sub: (a: Code, b: Code): Code => [...a, ...b, 0x6b],
  mul: (a: Code, b: Code): Code => [...a, ...b, 0x6c],
  and: (a: Code, b: Code): Code => [...a, ...b, 0x71],
  /** Both sides without a sign, as places are. */
  lessThan: (a: Code, b: Code): Code => [...a, ...b, 0x49],
  /** Both sides with a sign, as what is left of a count is. */
  lessThanSigned: (a: Code, b: Code): Code => [...a, ...b, 0x48],
  /** `a` if the condition is not 0, else `b`; both are computed. */
  select: (a: Code, b: Code, condition: Code): Code => [...a, ...b, ...condition, 0x1b],
} as const;

/** One float32 number. */
export const f32 = {
  const: (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)],
  load: (place: Code, offset: number = 0): Code => [...place, 0x2a, 2, ...unsigned(offset)],
  store: (place: Code, value: Code, offset: number = 0): Code => [
    ...place,
    ...value,
    ...[0x38, 2],
    ...unsigned(offset),
  ],
  add: (a: Code, b: Code): Code => [...a, ...b, 0x92],
  /** The number that these 32 bits are. */
  reinterpret: (bits: Code): Code => [...bits, 0xbe],
} as const;

/** Sixteen bytes, whatever they mean. */
export const v128 = {
  and: (a: Code, b: Code): Code => [...a, ...b, ...simd(78)],
} as const;

/** Four float32 numbers at a time. */
export const f32x4 = {
  load: (place: Code, offset: number = 0): Code => [...place, ...simd(0), 2, ...unsigned(offset)],
  /** One number, read into all four lanes. */
  loadSplat: (place: Code, offset: number = 0): Code => [
    ...place,
    ...simd(9),
    2,
    ...unsigned(offset),
  ],
  store: (place: Code, value: Code, offset: number = 0): Code => [
    ...place,
    ...value,
    ...simd(11),
    2,
    ...unsigned(offset),
  ],
  splat: (value: Code): Code => [...value, ...simd(19)],
  lane: (value: Code, lane: number): Code => [...value, ...simd(31), lane],
  /** Lanes 0 to 3 are those of `a`, 4 to 7 those of `b`. */
  shuffle: (a: Code, b: Code, lanes: readonly number[]): Code => [
    ...a,
    ...b,
    ...simd(13),
    ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)),
  ],
  add: (a: Code, b: Code): Code => [...a, ...b, ...simd(228)],
  sub: (a: Code, b: Code): Code => [...a, ...b, ...simd(229)],
  mul: (a: Code, b: Code): Code => [...a, ...b, ...simd(230)],
  div: (a: Code, b: Code): Code => [...a, ...b, ...simd(231)],
  /** b where b < a, else a: what is not a number stays so in `a`. */
  pmin: (a: Code, b: Code): Code => [...a, ...b, ...simd(234)],
  /** b where a < b, else a. */
  pmax: (a: Code, b: Code): Code => [...a, ...b, ...simd(235)],
  sqrt: (a: Code): Code => [...a, ...simd(227)],
  /** a · b + c, rounded once or twice as the processor likes; not every engine has it. */
  relaxedMultiplyAdd: (a: Code, b: Code, c: Code): Code => [...a, ...b, ...c, ...simd(261)],
} as const;

/** Four whole numbers of 32 bits at a time. */
export const i32x4 = {
  add: (a: Code, b: Code): Code => [...a, ...b, ...simd(174)],
  sub: (a: Code, b: Code): Code => [...a, ...b, ...simd(177)],
  /** a · 2^bits. */
  shiftLeft: (a: Code, bits: number): Code => [...a, ...i32.const(bits), ...simd(171)],
  /** ⌊a / 2^bits⌋. */
  shiftRight: (a: Code, bits: number): Code => [...a, ...i32.const(bits), ...simd(172)],
} as const;

/** Repeats the body for as long as the condition, asked after it, is not 0: do { body } while (condition). */
export function doWhile(body: readonly Code[], condition: Code): Code {
  return [0x03, 0x40, ...body.flat(), ...condition, 0x0d, 0, 0x0b];
}

/** Runs the body if the condition is not 0, otherwise the other one. */
export function when(
  condition: Code,
  body: readonly Code[],
  otherwise: readonly Code[] = [],
): Code {
  return [...condition, 0x04, 0x40, ...body.flat(), 0x05, ...otherwise.flat(), 0x0b];
}

function simd(operation: number): Code {
  return [0xfd, ...unsigned(operation)];
}

/** LEB128: seven bits a byte, the lowest first, the eighth says that more follow. */
export function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** The same for numbers with a sign: the last byte's seventh bit is the sign. */
function signed(value: number): Code {
  const last = value >= -0x40 && value < 0x40;
  return last ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
