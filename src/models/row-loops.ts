/**
 * The loops over rows of float32 numbers in which training spends its time, in WebAssembly.
 *
 * The same loops over a Float32Array in JavaScript take several times as long: here eight numbers are read at
 * once, four by four. Rows are named by their number; each loop is the line of algebra that stands over it.
 *
 * Axes:    C channels of a row, filled up with zeros to a multiple of 8
 * Source:  `sdot` and `saxpy` of BLAS, https://netlib.org/blas; AdaGrad: Duchi et al. (2011), section 1.1;
 *          128-bit SIMD of WebAssembly 2.0
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { doWhile, f32, f32x4, i32, local, type Code } from "../core/wasm-code.ts";
import type { WasmFunction } from "../core/wasm-module.ts";

/** What the loops do. */
export interface RowLoops {
  /** Σ aᵢ bᵢ over the channels of two rows. */
  dot(a: number, b: number): number;
  /** sum += g · b, then b += g · a. */
  pull(a: number, b: number, sum: number, g: number): void;
  /** a += sum, then sum = 0. */
  collect(a: number, sum: number): void;
  /**
   * AdaGrad for the step g · b of a, and for the step g · a of b: each channel moves down by
   * step / √(1 + squares), then squares += step².
   */
  descend(a: number, b: number, squaresA: number, squaresB: number, g: number): void;
}

const NUMBER = 4; // bytes of a float32
const TURN = 8 * NUMBER; // bytes in one turn of a loop
const HALVES = [0, TURN / 2] as const; // where its two fours begin: two sums grow side by side

/** Bytes of a row of C numbers: whole turns. */
export function bytesOfRow(channels: number): number {
  return Math.ceil((channels * NUMBER) / TURN) * TURN;
}

/** The loops for rows of `rowBytes`, to be assembled. */
export function rowLoops(rowBytes: number): WasmFunction[] {
  return [dot(rowBytes), pull(rowBytes), collect(rowBytes), descend(rowBytes)];
}

function dot(rowBytes: number): WasmFunction {
  const [a, b, end, even, odd] = [0, 1, 2, 3, 4];
  const total = local.get(even);
  return {
    name: "dot",
    parameters: ["i32", "i32"],
    locals: ["i32", "v128", "v128"],
    result: "f32",
    body: [
      alongRows([a, b], { end, rowBytes }, (half, at) => {
        const sum = half === 0 ? even : odd;
        return [local.set(sum, f32x4.add(local.get(sum), f32x4.mul(at(a), at(b))))];
      }),
      local.set(even, f32x4.add(local.get(even), local.get(odd))),
      f32.add(
        f32.add(f32x4.lane(total, 0), f32x4.lane(total, 1)),
        f32.add(f32x4.lane(total, 2), f32x4.lane(total, 3)),
      ),
    ],
  };
}

function pull(rowBytes: number): WasmFunction {
  const [a, b, sum, g, end, scale, was] = [0, 1, 2, 3, 4, 5, 6];
  const scaled = (value: Code): Code => f32x4.mul(local.get(scale), value);
  return {
    name: "pull",
    parameters: ["i32", "i32", "i32", "f32"],
    locals: ["i32", "v128", "v128"],
    body: [
      local.set(scale, f32x4.splat(local.get(g))),
      alongRows([a, b, sum], { end, rowBytes }, (_, at, put) => [
        local.set(was, at(b)),
        put(sum, f32x4.add(at(sum), scaled(local.get(was)))),
        put(b, f32x4.add(local.get(was), scaled(at(a)))),
      ]),
    ],
  };
}

function collect(rowBytes: number): WasmFunction {
  const [a, sum, end] = [0, 1, 2];
  return {
    name: "collect",
    parameters: ["i32", "i32"],
    locals: ["i32"],
    body: [
      alongRows([a, sum], { end, rowBytes }, (_, at, put) => [
        put(a, f32x4.add(at(a), at(sum))),
        put(sum, f32x4.splat(f32.const(0))),
      ]),
    ],
  };
}

function descend(rowBytes: number): WasmFunction {
  const [a, b, squaresA, squaresB, g, end, scale, stepA, stepB] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const one = f32x4.splat(f32.const(1));
  return {
    name: "descend",
    parameters: ["i32", "i32", "i32", "i32", "f32"],
    locals: ["i32", "v128", "v128", "v128"],
    body: [
      local.set(scale, f32x4.splat(local.get(g))),
      alongRows([a, b, squaresA, squaresB], { end, rowBytes }, (_, at, put) => {
        const down = (row: number, squares: number, step: Code): Code[] => [
          put(row, f32x4.sub(at(row), f32x4.div(step, f32x4.sqrt(f32x4.add(one, at(squares)))))),
          put(squares, f32x4.add(at(squares), f32x4.mul(step, step))),
        ];
        return [
          local.set(stepA, f32x4.mul(local.get(scale), at(b))),
          local.set(stepB, f32x4.mul(local.get(scale), at(a))),
          ...down(a, squaresA, local.get(stepA)),
          ...down(b, squaresB, local.get(stepB)),
        ];
      }),
    ],
  };
}

/** Four numbers of a row at the place that the loop has reached. */
type At = (row: number) => Code;
/** Writes four numbers there. */
type Put = (row: number, value: Code) => Code;

/** Turns the row numbers in the locals `rows` into places, and goes along the rows together, four numbers at a time. */
function alongRows(
  rows: readonly number[],
  { end, rowBytes }: { readonly end: number; readonly rowBytes: number },
  four: (half: number, at: At, put: Put) => readonly Code[],
): Code {
  const first = rows[0]!;
  const body = HALVES.flatMap((half) =>
    four(
      half,
      (row) => f32x4.load(local.get(row), half),
      (row, value) => f32x4.store(local.get(row), value, half),
    ),
  );
  const onward = rows.map((row) => local.set(row, i32.add(local.get(row), i32.const(TURN))));
  return [
    ...rows.flatMap((row) => local.set(row, i32.mul(local.get(row), i32.const(rowBytes)))),
    ...local.set(end, i32.add(local.get(first), i32.const(rowBytes))),
    ...doWhile([...body, ...onward], i32.lessThan(local.get(first), local.get(end))),
  ];
}
