/**
 * Our WebAssembly loops, made once for the memory of a backend.
 *
 * Source:  https://developer.mozilla.org/en-US/docs/WebAssembly/Reference/JavaScript_interface
 * Chapter: notebooks/00-start.ipynb
 */
import { f32, f32x4, type Code } from "../../core/wasm-code.ts";
import { instantiate, isKnown, type WasmMemory } from "../../core/wasm-instance.ts";
import { define } from "../../core/wasm-module.ts";
import { PACKED_BYTES, type ProductLoops, type ProductRoom } from "./blocked-product.ts";
import { reserve, type WasmBackend } from "./memory.ts";
import { packBelow, packBeside } from "./panels.ts";
import { TILE_BYTES, TILE_COLUMNS, TILE_ROWS, tiles } from "./tiles.ts";

/** What one backend's kernels work with. */
export interface Workshop {
  readonly loops: ProductLoops;
  readonly room: ProductRoom;
}

const workshops = new WeakMap<WasmMemory, Workshop>();

/** The loops over this backend's memory, and the room they work in. */
export function workshopOf(backend: WasmBackend): Workshop {
  const { memory } = backend.wasm.asm;
  let workshop = workshops.get(memory);
  if (workshop === undefined) {
    workshop = {
      loops: instantiate<ProductLoops>(functions(), memory),
      room: {
        a: reserve(PACKED_BYTES.a, backend),
        b: reserve(PACKED_BYTES.b, backend),
        edge: reserve(TILE_BYTES, backend),
      },
    };
    workshops.set(memory, workshop);
  }
  return workshop;
}

function functions(): ReturnType<typeof define>[] {
  return [
    packBeside("packRowsBeside", TILE_ROWS),
    packBelow("packRowsBelow", TILE_ROWS),
    packBeside("packColumnsBeside", TILE_COLUMNS),
    packBelow("packColumnsBelow", TILE_COLUMNS),
    tiles(isKnown(fusedOnce) ? f32x4.relaxedMultiplyAdd : multiplyThenAdd),
  ];
}

/** Node 22 knows the fused instruction, Node 20 does not. */
const fusedOnce = define("fused", { x: "i32" }, ({ x }, fresh) => {
  const zero = f32x4.splat(f32.const(0));
  return [fresh("v128").set(f32x4.relaxedMultiplyAdd(zero, zero, f32x4.load(x.get)))];
});

function multiplyThenAdd(a: Code, b: Code, c: Code): Code {
  return f32x4.add(c, f32x4.mul(a, b));
}
