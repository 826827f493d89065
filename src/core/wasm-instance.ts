/**
 * A WebAssembly module at work: its memory, and its functions as functions of JavaScript.
 *
 * Source:  https://developer.mozilla.org/en-US/docs/WebAssembly/Reference/JavaScript_interface
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { assemble, type WasmFunction } from "./wasm-module.ts";

/** Memory of WebAssembly; `buffer` is another one each time that the memory has grown. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** The part of WebAssembly used here: TypeScript's own declarations come only with those of a browser. */
interface Wasm {
  readonly Memory: new (size: { initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}
const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly;

const PAGE = 65_536; // bytes of a page of WebAssembly memory

/** Memory of at least so many bytes, all 0. */
export function createMemory(bytes: number): WasmMemory {
  return new wasm.Memory({ initial: Math.ceil(bytes / PAGE) });
}

/** The functions, by name, over this memory; `Loops` says what they are. */
export function instantiate<Loops>(functions: readonly WasmFunction[], memory: WasmMemory): Loops {
  const module = new wasm.Module(assemble(functions));
  return new wasm.Instance(module, { host: { memory } }).exports as Loops;
}

/** Whether this Node knows every instruction of the function. */
export function isKnown(wasmFunction: WasmFunction): boolean {
  return wasm.validate(assemble([wasmFunction]));
}
