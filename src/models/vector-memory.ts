/**
 * Rows of float32 numbers, and the three loops over them in which training spends its time.
 *
 * The loops are WebAssembly, eight numbers a turn: the same loops over a Float32Array in JavaScript take
 * several times as long. Each is one line of algebra, stated where it is written.
 *
 * Axes:    R rows, C channels
 * Source:  `sdot` and `saxpy` of BLAS, https://netlib.org/blas; 128-bit SIMD of WebAssembly 2.0
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import {
  assemble,
  doWhile,
  f32,
  f32x4,
  i32,
  local,
  type Code,
  type WasmFunction,
} from "./wasm-module.ts";

/** The loops; a row is named by its number. */
export interface RowLoops {
  /** Σ aᵢ bᵢ over the channels of two rows. */
  dot(a: number, b: number): number;
  /** sum += g · b, then b += g · a. */
  pull(a: number, b: number, sum: number, g: number): void;
  /** a += sum, then sum = 0. */
  collect(a: number, sum: number): void;
}

/** Numbers in one turn of a loop: two times four, so that two sums grow side by side. */
const TURN = 8;
const NUMBER = 4; // bytes of a float32
const PAGE = 65_536; // bytes of a page of WebAssembly memory
const MOST = 2 ** 32; // bytes a WebAssembly memory can have

/** What TypeScript knows of WebAssembly only together with a browser: the part used here. */
interface Wasm {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly;

/** A table of R rows of C numbers, all 0 at first, with the loops over its rows. */
export class VectorMemory {
  readonly channels: number;
  readonly loops: RowLoops;
  readonly #buffer: ArrayBufferLike;
  readonly #rowBytes: number;

  /** Throws `ConfigError` for a table of more than 4 GiB. */
  constructor(rows: number, channels: number) {
    this.channels = channels;
    // Rows are filled up with zeros to whole turns; zeros stay zeros in every loop.
    this.#rowBytes = Math.ceil(channels / TURN) * TURN * NUMBER;
    if (rows * this.#rowBytes > MOST) {
      throw new ConfigError(
        `VectorMemory: expected at most 4 GiB, got ${rows} rows of ${channels} channels; keep fewer words or channels`,
      );
    }
    const memory = new wasm.Memory({ initial: Math.ceil((rows * this.#rowBytes) / PAGE) });
    const module = new wasm.Module(assemble(rowLoops(this.#rowBytes)));
    this.loops = new wasm.Instance(module, { host: { memory } }).exports as RowLoops;
    this.#buffer = memory.buffer;
  }

  /** (C) Row `row` itself, not a copy. */
  row(row: number): Float32Array {
    return new Float32Array(this.#buffer, row * this.#rowBytes, this.channels);
  }
}

/** The place of a row in bytes from its number in the local `row`. */
const placed = (row: number, rowBytes: number): Code =>
  local.set(row, i32.mul(local.get(row), i32.const(rowBytes)));

/** One turn further in each of these rows. */
const step = (...rows: number[]): Code[] =>
  rows.map((row) => local.set(row, i32.add(local.get(row), i32.const(TURN * NUMBER))));

const HALVES = [0, (TURN * NUMBER) / 2] as const; // where the two fours of a turn begin, in bytes

function rowLoops(rowBytes: number): WasmFunction[] {
  return [dot(rowBytes), pull(rowBytes), collect(rowBytes)];
}

function dot(rowBytes: number): WasmFunction {
  const [a, b, end, first, second] = [0, 1, 2, 3, 4];
  const sums = [first, second];
  const sum = local.get(first);
  return {
    name: "dot",
    parameters: ["i32", "i32"],
    locals: ["i32", "v128", "v128"],
    result: "f32",
    body: [
      placed(a, rowBytes),
      placed(b, rowBytes),
      local.set(end, i32.add(local.get(a), i32.const(rowBytes))),
      doWhile(
        [
          ...HALVES.map((half, i) => {
            const product = f32x4.mul(
              f32x4.load(local.get(a), half),
              f32x4.load(local.get(b), half),
            );
            return local.set(sums[i]!, f32x4.add(local.get(sums[i]!), product));
          }),
          ...step(a, b),
        ],
        i32.lessThan(local.get(a), local.get(end)),
      ),
      local.set(first, f32x4.add(local.get(first), local.get(second))),
      f32.add(
        f32.add(f32x4.lane(sum, 0), f32x4.lane(sum, 1)),
        f32.add(f32x4.lane(sum, 2), f32x4.lane(sum, 3)),
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
      ...[a, b, sum].map((row) => placed(row, rowBytes)),
      local.set(end, i32.add(local.get(a), i32.const(rowBytes))),
      local.set(scale, f32x4.splat(local.get(g))),
      doWhile(
        [
          ...HALVES.flatMap((half) => {
            const gathered = f32x4.load(local.get(sum), half);
            return [
              local.set(was, f32x4.load(local.get(b), half)),
              f32x4.store(local.get(sum), f32x4.add(gathered, scaled(local.get(was))), half),
              f32x4.store(
                local.get(b),
                f32x4.add(local.get(was), scaled(f32x4.load(local.get(a), half))),
                half,
              ),
            ];
          }),
          ...step(a, b, sum),
        ],
        i32.lessThan(local.get(a), local.get(end)),
      ),
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
      ...[a, sum].map((row) => placed(row, rowBytes)),
      local.set(end, i32.add(local.get(a), i32.const(rowBytes))),
      doWhile(
        [
          ...HALVES.flatMap((half) => {
            const moved = f32x4.add(
              f32x4.load(local.get(a), half),
              f32x4.load(local.get(sum), half),
            );
            return [
              f32x4.store(local.get(a), moved, half),
              f32x4.store(local.get(sum), f32x4.splat(f32.const(0)), half),
            ];
          }),
          ...step(a, sum),
        ],
        i32.lessThan(local.get(a), local.get(end)),
      ),
    ],
  };
}
