import { describe, expect, it } from "vitest";

import { multiplyInBlocks, type ProductLoops } from "../../../src/backend/wasm/blocked-product.ts";
import { packBelow, packBeside } from "../../../src/backend/wasm/panels.ts";
import { TILE_BYTES, TILE_COLUMNS, TILE_ROWS, tiles } from "../../../src/backend/wasm/tiles.ts";
import { f32x4 } from "../../../src/core/wasm-code.ts";
import { createMemory, instantiate } from "../../../src/core/wasm-instance.ts";

const NUMBER = 4;
const UNTOUCHED = 77;

const loops = [
  packBeside("packRowsBeside", TILE_ROWS),
  packBelow("packRowsBelow", TILE_ROWS),
  packBeside("packColumnsBeside", TILE_COLUMNS),
  packBelow("packColumnsBelow", TILE_COLUMNS),
  tiles((a, b, c) => f32x4.add(c, f32x4.mul(a, b))),
];

/** The sizes of all parts in numbers; `last` stands at the very end of the memory. */
function product(
  [M, K, N]: readonly [number, number, number],
  transposes: readonly [boolean, boolean],
  last: "a" | "b",
): { readonly floats: Float32Array; readonly gaps: number[]; readonly c: number } {
  const memory = createMemory(1);
  const floats = new Float32Array(memory.buffer).fill(UNTOUCHED);
  const sizes = {
    edge: TILE_BYTES / NUMBER,
    roomA: Math.ceil(M / TILE_ROWS) * TILE_ROWS * K,
    roomB: Math.ceil(N / TILE_COLUMNS) * TILE_COLUMNS * K,
    c: M * N,
  };
  const starts: Record<string, number> = {};
  const gaps: number[] = [];
  let next = 8;
  for (const [part, size] of Object.entries(sizes)) {
    for (let gap = next - 8; gap < next; gap++) gaps.push(gap);
    starts[part] = next;
    next += size + 8;
  }
  const [aSize, bSize] = [M * K, K * N];
  const a = last === "a" ? floats.length - aSize : next;
  const b = last === "b" ? floats.length - bSize : next;
  floats.fill(1, a, a + aSize);
  floats.fill(2, b, b + bSize);
  const place = (number: number): number => number * NUMBER;
  multiplyInBlocks(
    {
      a: { place: place(a), stride: transposes[0] ? M : K, itemsBeside: transposes[0] },
      b: { place: place(b), stride: transposes[1] ? K : N, itemsBeside: !transposes[1] },
      c: place(starts.c!),
    },
    { M, N, K },
    {
      loops: instantiate<ProductLoops>(loops, memory),
      room: { a: place(starts.roomA!), b: place(starts.roomB!), edge: place(starts.edge!) },
    },
  );
  return { floats, gaps, c: starts.c! };
}

describe("a product", () => {
  const sizes = [
    [1, 1, 1],
    [3, 5, 7],
    [4, 6, 8],
    [3, 7, 12],
    [9, 10, 17],
  ] as const;
  const layouts = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const));

  it.each(layouts)(
    "reads nothing beyond its matrices and writes nothing beyond its room, transposes (%s, %s)",
    (transposeA, transposeB) => {
      for (const [M, K, N] of sizes) {
        for (const last of ["a", "b"] as const) {
          // A read beyond the end of the memory throws.
          const { floats, gaps, c } = product([M, K, N], [transposeA, transposeB], last);
          expect(Array.from(floats.slice(c, c + M * N))).toEqual(Array(M * N).fill(2 * K));
          expect(gaps.map((gap) => floats[gap])).toEqual(gaps.map(() => UNTOUCHED));
        }
      }
    },
  );
});
