/**
 * A table of float32 rows in the memory of a WebAssembly module, with fast loops over its rows.
 *
 * Axes:    R rows, C channels
 * Source:  https://developer.mozilla.org/en-US/docs/WebAssembly/Reference/JavaScript_interface
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { createMemory, instantiate } from "../core/wasm-instance.ts";
import { bytesOfRow, rowLoops, type RowLoops } from "./row-loops.ts";

const MOST = 2 ** 32; // bytes that 32-bit places reach

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
    const memory = createMemory(bytes);
    this.loops = instantiate<RowLoops>(rowLoops(this.#rowBytes), memory);
    this.#buffer = memory.buffer;
  }

  /** (C) Row `row` itself, not a copy. */
  row(row: number): Float32Array {
    return new Float32Array(this.#buffer, row * this.#rowBytes, this.channels);
  }
}
