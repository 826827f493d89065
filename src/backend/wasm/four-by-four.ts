/**
 * Four rows of four numbers become four columns, without leaving the registers.
 *
 * Source:  `_MM_TRANSPOSE4_PS` of Intel's intrinsics guide: interleave pairs of rows, then halves
 * Chapter: notebooks/00-start.ipynb
 */
import { f32x4, type Code } from "../../core/wasm-code.ts";
import type { Fresh, Variable } from "../../core/wasm-module.ts";

/** Registers for one square. */
export interface Square {
  readonly rows: readonly [Variable, Variable, Variable, Variable];
  readonly halves: readonly [Variable, Variable, Variable, Variable];
}

/** Makes the registers. */
export function square(fresh: Fresh): Square {
  const four = (): [Variable, Variable, Variable, Variable] => [
    fresh("v128"),
    fresh("v128"),
    fresh("v128"),
    fresh("v128"),
  ];
  return { rows: four(), halves: four() };
}

/** Turns the square whose rows are loaded: `put(i, column i)` writes each column. */
export function transposeSquare(
  { rows: [a, b, c, d], halves: [ab, cd, abEnd, cdEnd] }: Square,
  put: (column: number, value: Code) => Code,
): Code[] {
  const starts = [0, 4, 1, 5]; // x₀ y₀ x₁ y₁
  const ends = [2, 6, 3, 7]; // x₂ y₂ x₃ y₃
  return [
    ab.set(f32x4.shuffle(a.get, b.get, starts)),
    cd.set(f32x4.shuffle(c.get, d.get, starts)),
    abEnd.set(f32x4.shuffle(a.get, b.get, ends)),
    cdEnd.set(f32x4.shuffle(c.get, d.get, ends)),
    put(0, f32x4.shuffle(ab.get, cd.get, [0, 1, 4, 5])),
    put(1, f32x4.shuffle(ab.get, cd.get, [2, 3, 6, 7])),
    put(2, f32x4.shuffle(abEnd.get, cdEnd.get, [0, 1, 4, 5])),
    put(3, f32x4.shuffle(abEnd.get, cdEnd.get, [2, 3, 6, 7])),
  ];
}
