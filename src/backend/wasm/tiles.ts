/**
 * The product of two packed blocks, tile by tile: a tile of C stays in registers while k runs.
 *
 * For each k, 8 numbers of B and 4 of A are read and 32 products added up: more arithmetic than reading. Eight
 * sums, two vectors of B and the four numbers of A fill 14 of the 16 registers of a processor. Taller tiles
 * (6 by 8) and a loop unrolled by hand were slower: the compiler of V8 then moves sums out to the stack.
 *
 * Axes:    A (M, K) · B (K, N) = C (M, N)
 * Source:  Goto and van de Geijn (2008), "Anatomy of High-Performance Matrix Multiplication", section 5
 * Chapter: notebooks/00-start.ipynb
 */
import { doWhile, f32, f32x4, i32, v128, when, type Code } from "../../core/wasm-code.ts";
import { define, type Variable, type WasmFunction } from "../../core/wasm-module.ts";

/** Rows of a tile: the width of A's panels. */
export const TILE_ROWS = 4;

/** Columns of a tile, two vectors: the width of B's panels. */
export const TILE_COLUMNS = 8;

const NUMBER = 4; // bytes of a float32
const FOUR = 4 * NUMBER;
/** Bytes of one tile, where tiles are put together that reach over the edge of C. */
export const TILE_BYTES: number = TILE_ROWS * TILE_COLUMNS * NUMBER;

/**
 * C = A B, or C += A B, for packed A and B of K summed positions.
 *
 * From one k to the next of B lie `bStep` bytes, from one panel of 8 columns to the next `bPanel`: B may also be
 * read where it lies, if it has whole panels. `rowBytes` lie between rows of C; `edge` is room for one tile; `keep` is −1 to add to what C holds, 0 to
 * write over it.
 */
export type Tiles = (
  a: number,
  b: number,
  bStep: number,
  bPanel: number,
  c: number,
  K: number,
  rows: number,
  columns: number,
  rowBytes: number,
  edge: number,
  keep: number,
) => void;

const parameters = {
  a: "i32",
  b: "i32",
  bStep: "i32",
  bPanel: "i32",
  c: "i32",
  K: "i32",
  rows: "i32",
  columns: "i32",
  rowBytes: "i32",
  edge: "i32",
  keep: "i32",
} as const;

const zero = i32.const(0);

function advance(x: Variable, bytes: Code): Code {
  return x.set(i32.add(x.get, bytes));
}

/** `multiplyAdd(a, b, c)` is a · b + c, in one instruction or in two. */
export function tiles(multiplyAdd: (a: Code, b: Code, c: Code) => Code): WasmFunction {
  return define("tiles", parameters, (given, fresh) => {
    const { a, b, bStep, bPanel, c, K, rows, columns, rowBytes, edge, keep } = given;
    const places = ["aEnd", "aAt", "bAt", "cAt", "cTile", "rowsLeft"] as const;
    const [aEnd, aAt, bAt, cAt, cTile, rowsLeft] = places.map(() => fresh("i32")) as Six;
    const sums = Array.from({ length: TILE_ROWS }, () => [fresh("v128"), fresh("v128")] as const);
    const [left, right, number, mask] = [
      fresh("v128"),
      fresh("v128"),
      fresh("v128"),
      fresh("v128"),
    ];

    const oneK = [
      left.set(f32x4.load(bAt.get)),
      right.set(f32x4.load(bAt.get, FOUR)),
      ...sums.flatMap(([sumLeft, sumRight], row) => [
        number.set(f32x4.loadSplat(aAt.get, NUMBER * row)),
        sumLeft.set(multiplyAdd(number.get, left.get, sumLeft.get)),
        sumRight.set(multiplyAdd(number.get, right.get, sumRight.get)),
      ]),
      advance(aAt, i32.const(TILE_ROWS * NUMBER)),
      advance(bAt, bStep.get),
    ];

    const old = (offset: number): Code => v128.and(f32x4.load(cAt.get, offset), mask.get);
    const wholeTile = sums.flatMap(([sumLeft, sumRight]) => [
      f32x4.store(cAt.get, f32x4.add(sumLeft.get, old(0))),
      f32x4.store(cAt.get, f32x4.add(sumRight.get, old(FOUR)), FOUR),
      advance(cAt, rowBytes.get),
    ]);

    // At the edge of C a tile goes to `edge`, and from there number by number to where C has room for it.
    const [row, from, to, end] = [fresh("i32"), fresh("i32"), fresh("i32"), fresh("i32")];
    const kept = f32.reinterpret(i32.and(i32.load(to.get), keep.get));
    const partOfTile = [
      ...sums.flatMap(([sumLeft, sumRight], i) => [
        f32x4.store(edge.get, sumLeft.get, 2 * FOUR * i),
        f32x4.store(edge.get, sumRight.get, 2 * FOUR * i + FOUR),
      ]),
      row.set(edge.get),
      doWhile(
        [
          from.set(row.get),
          to.set(cAt.get),
          end.set(i32.add(row.get, i32.mul(smaller(columns.get, TILE_COLUMNS), i32.const(NUMBER)))),
          doWhile(
            [
              f32.store(to.get, f32.add(f32.load(from.get), kept)),
              advance(from, i32.const(NUMBER)),
              advance(to, i32.const(NUMBER)),
            ],
            i32.lessThan(from.get, end.get),
          ),
          advance(row, i32.const(TILE_COLUMNS * NUMBER)),
          advance(cAt, rowBytes.get),
        ],
        i32.lessThan(
          row.get,
          i32.add(
            edge.get,
            i32.mul(smaller(rowsLeft.get, TILE_ROWS), i32.const(TILE_COLUMNS * NUMBER)),
          ),
        ),
      ),
    ];

    const downThePanel = [
      ...sums.flat().map((sum) => sum.set(f32x4.splat(f32.const(0)))),
      bAt.set(b.get),
      aEnd.set(i32.add(aAt.get, i32.mul(K.get, i32.const(TILE_ROWS * NUMBER)))),
      doWhile(oneK, i32.lessThan(aAt.get, aEnd.get)),
      cAt.set(cTile.get),
      when(
        i32.and(
          i32.lessThanSigned(i32.const(TILE_ROWS - 1), rowsLeft.get),
          i32.lessThanSigned(i32.const(TILE_COLUMNS - 1), columns.get),
        ),
        wholeTile,
        partOfTile,
      ),
      cTile.set(cAt.get),
      advance(rowsLeft, i32.const(-TILE_ROWS)),
    ];

    return [
      mask.set(f32x4.splat(f32.reinterpret(keep.get))),
      doWhile(
        [
          aAt.set(a.get),
          cTile.set(c.get),
          rowsLeft.set(rows.get),
          doWhile(downThePanel, i32.lessThanSigned(zero, rowsLeft.get)),
          advance(b, bPanel.get),
          advance(c, i32.const(TILE_COLUMNS * NUMBER)),
          advance(columns, i32.const(-TILE_COLUMNS)),
        ],
        i32.lessThanSigned(zero, columns.get),
      ),
    ];
  });
}

type Six = [Variable, Variable, Variable, Variable, Variable, Variable];

function smaller(count: Code, most: number): Code {
  return i32.select(count, i32.const(most), i32.lessThanSigned(count, i32.const(most)));
}
