/**
 * Our WebAssembly loops and the room they work in, made once for the memory of a backend.
 *
 * Source:  https://developer.mozilla.org/en-US/docs/WebAssembly/Reference/JavaScript_interface
 * Chapter: notebooks/00-start.ipynb
 */
import { f32, f32x4, type Code } from "../../core/wasm-code.ts";
import { instantiate, isKnown, type WasmMemory } from "../../core/wasm-instance.ts";
import { define, type WasmFunction } from "../../core/wasm-module.ts";
import { PACKED_BYTES, type ProductLoops, type ProductRoom } from "./blocked-product.ts";
import { errorFunction } from "./error-function.ts";
import { exponential } from "./exponential.ts";
import { hyperbolicTangent } from "./hyperbolic-tangent.ts";
import { transposeMatrix, type TransposeMatrix } from "./matrix-transpose.ts";
import { reserve, type WasmBackend } from "./memory.ts";
import { packBelow, packBeside } from "./panels.ts";
import { pointwise, type Pointwise } from "./pointwise.ts";
import { copyRows, type CopyRows } from "./row-copies.ts";
import { addRows, type AddRows } from "./row-sums.ts";
import { TILE_BYTES, TILE_COLUMNS, TILE_ROWS, tiles } from "./tiles.ts";

/** The loops by name. */
export interface Loops extends ProductLoops {
  readonly copyRows: CopyRows;
  readonly transposeMatrix: TransposeMatrix;
  readonly addRows: AddRows;
  readonly exp: Pointwise;
  readonly erf: Pointwise;
  readonly tanh: Pointwise;
}

/** What the kernels of one backend work with. */
export interface Workshop {
  readonly loops: Loops;
  readonly room: ProductRoom;
}

const workshops = new WeakMap<WasmMemory, Workshop>();

/** The loops over this backend's memory, and their room in it. */
export function workshopOf(backend: WasmBackend): Workshop {
  const { memory } = backend.wasm.asm;
  let workshop = workshops.get(memory);
  if (workshop === undefined) {
    workshop = {
      loops: instantiate<Loops>(loops(), memory),
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

function loops(): WasmFunction[] {
  return [
    packBeside("packRowsBeside", TILE_ROWS),
    packBelow("packRowsBelow", TILE_ROWS),
    packBeside("packColumnsBeside", TILE_COLUMNS),
    packBelow("packColumnsBelow", TILE_COLUMNS),
    tiles(isKnown(fused) ? f32x4.relaxedMultiplyAdd : multiplyThenAdd),
    copyRows(),
    transposeMatrix(),
    addRows(),
    pointwise("exp", exponential),
    pointwise("erf", errorFunction),
    pointwise("tanh", hyperbolicTangent),
  ];
}

/** Asks for the fused instruction: Node 22 has it, Node 20 does not. */
const fused = define("fused", {}, (_, fresh) => {
  const zero = f32x4.splat(f32.const(0));
  return [fresh("v128").set(f32x4.relaxedMultiplyAdd(zero, zero, zero))];
});

function multiplyThenAdd(a: Code, b: Code, c: Code): Code {
  return f32x4.add(c, f32x4.mul(a, b));
}
