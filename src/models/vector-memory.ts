/**
 * A table of float32 rows in the memory of a WebAssembly module, with fast loops over its rows.
 *
 * Axes:    R rows, C channels
 * Source:  https://developer.mozilla.org/en-US/docs/WebAssembly/Reference/JavaScript_interface
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { assemble } from "../core/wasm-module.ts";
import { bytesOfRow, rowLoops, type RowLoops } from "./row-loops.ts";

const PAGE = 65_536; // bytes of a page of WebAssembly memory
const MOST = 2 ** 32; // bytes that 32-bit places reach

/** The part of WebAssembly used here: TypeScript's own declarations come only with those of a browser. */
interface Wasm {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}
const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly;

/** R rows of C numbers, all 0 at first. */
export class VectorMemory {
  readonly channels: number;
  readonly loops: RowLoops;
  readonly #buffer: ArrayBufferLike;
  readonly #rowBytes: number;

  /** Throws `ConfigError` for a table of 4 GiB or more. */
  constructor(rows: number, channels: number) {
    this.channels = channels;
    this.#rowBytes = bytesOfRow(channels);
    const bytes = rows * this.#rowBytes;
    if (bytes >= MOST) {
      throw new ConfigError(
        `VectorMemory: expected less than 4 GiB, got ${rows} rows of ${channels} channels; keep fewer words or channels`,
      );
    }
    const memory = new wasm.Memory({ initial: Math.ceil(bytes / PAGE) });
    const module = new wasm.Module(assemble(rowLoops(this.#rowBytes)));
    this.loops = new wasm.Instance(module, { host: { memory } }).exports as RowLoops;
    this.#buffer = memory.buffer;
  }

  /** (C) Row `row` itself, not a copy. */
  row(row: number): Float32Array {
    return new Float32Array(this.#buffer, row * this.#rowBytes, this.channels);
  }
}
