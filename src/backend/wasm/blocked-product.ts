/**
 * A product of two matrices, block by block, so that what is read again is still near.
 *
 * Of A and B, blocks of M_BLOCK × K_BLOCK and K_BLOCK × N_BLOCK numbers are packed and multiplied. A panel of B
 * (8 KiB) stays in the first cache while all panels of A's block (128 KiB) pass by it from the second.
 *
 * Axes:    A (M, K) · B (K, N) = C (M, N)
 * Source:  Goto and van de Geijn (2008), "Anatomy of High-Performance Matrix Multiplication", section 4.1
 * Chapter: notebooks/00-start.ipynb
 */
import type { Pack } from "./panels.ts";
import { TILE_COLUMNS, TILE_ROWS, type Tiles } from "./tiles.ts";

const K_BLOCK = 256;
const M_BLOCK = 128;
const N_BLOCK = 512;
const NUMBER = 4; // bytes of a float32
const PANEL_ROW = TILE_COLUMNS * NUMBER; // bytes of a panel of B for one k

/** Bytes that packed blocks of A and of B take. */
export const PACKED_BYTES: { readonly a: number; readonly b: number } = {
  a: M_BLOCK * K_BLOCK * NUMBER,
  b: K_BLOCK * N_BLOCK * NUMBER,
};

/** A matrix in memory; its items are the rows of A or the columns of B. */
export interface Operand {
  readonly place: number;
  /** Numbers from one stored row to the next. */
  readonly stride: number;
  /** Whether a stored row holds one number of each item, rather than one item. */
  readonly itemsBeside: boolean;
}

/** The loops that a product consists of. */
export interface ProductLoops {
  readonly packRowsBeside: Pack;
  readonly packRowsBelow: Pack;
  readonly packColumnsBeside: Pack;
  readonly packColumnsBelow: Pack;
  readonly tiles: Tiles;
}

/** Places for packed blocks, and for a tile at the edge. */
export interface ProductRoom {
  readonly a: number;
  readonly b: number;
  readonly edge: number;
}

/** The sizes of a product. */
export interface ProductSize {
  readonly M: number;
  readonly N: number;
  readonly K: number;
}

/** Writes A B to the place `c`; M, N and K are at least 1. */
export function multiplyInBlocks(
  operands: { readonly a: Operand; readonly b: Operand; readonly c: number },
  { M, N, K }: ProductSize,
  { loops, room }: { readonly loops: ProductLoops; readonly room: ProductRoom },
): void {
  const { a, b, c } = operands;
  const { tiles } = loops;
  const packA = a.itemsBeside ? loops.packRowsBeside : loops.packRowsBelow;
  const packB = b.itemsBeside ? loops.packColumnsBeside : loops.packColumnsBelow;
  for (let n = 0; n < N; n += N_BLOCK) {
    const columns = Math.min(N_BLOCK, N - n);
    for (let k = 0; k < K; k += K_BLOCK) {
      const ks = Math.min(K_BLOCK, K - k);
      const [bAt, stride] = [placeIn(b, n, k), b.stride * NUMBER];
      const packed = !asTheyLie(b, M, columns);
      if (packed) packB(bAt, room.b, columns, ks, stride);
      const [panels, bStep, bPanel] = packed
        ? [room.b, PANEL_ROW, ks * PANEL_ROW]
        : [bAt, stride, PANEL_ROW];
      for (let m = 0; m < M; m += M_BLOCK) {
        const rows = Math.min(M_BLOCK, M - m);
        packA(placeIn(a, m, k), room.a, rows, ks, a.stride * NUMBER);
        const cAt = c + (m * N + n) * NUMBER;
        const rowBytes = N * NUMBER;
        const keep = k === 0 ? 0 : -1;
        tiles(room.a, panels, bStep, bPanel, cAt, ks, rows, columns, rowBytes, room.edge, keep);
      }
    }
  }
}

/** One panel of A reads B once: to pack it first would cost more than it spares. */
function asTheyLie(b: Operand, M: number, columns: number): boolean {
  return M <= TILE_ROWS && b.itemsBeside && columns % TILE_COLUMNS === 0;
}

function placeIn({ place, stride, itemsBeside }: Operand, item: number, k: number): number {
  return place + (itemsBeside ? k * stride + item : item * stride + k) * NUMBER;
}
