/**
 * Packing: a block of a matrix is laid out in panels, in the order in which the tiles of a product read it.
 *
 * A panel holds `width` rows of A, or `width` columns of B, side by side for each k; the last panel may hold
 * fewer, and what stands in their place is never used. Whatever the matrix's layout, the product then reads
 * memory from one end to the other.
 *
 * Axes:    K summed positions; an item is a row of A or a column of B
 * Source:  Goto and van de Geijn (2008), "Anatomy of High-Performance Matrix Multiplication", section 4
 * Chapter: notebooks/00-start.ipynb
 */
import { doWhile, f32, f32x4, i32, when, type Code } from "../../core/wasm-code.ts";
import { define, type Variable, type WasmFunction } from "../../core/wasm-module.ts";
import { square, transposeSquare } from "./four-by-four.ts";

/** Packs `items` items of K numbers each from `from` to `to`; `stride` is in bytes. */
export type Pack = (from: number, to: number, items: number, K: number, stride: number) => void;

const NUMBER = 4; // bytes of a float32
const FOUR = 4 * NUMBER;

const parameters = { from: "i32", to: "i32", items: "i32", K: "i32", stride: "i32" } as const;

const zero = i32.const(0);

/** x += bytes. */
function advance(x: Variable, bytes: Code): Code {
  return x.set(i32.add(x.get, bytes));
}

/** For a matrix in which the items of one k lie side by side, `stride` bytes before those of the next k. */
export function packBeside(name: string, width: number): WasmFunction {
  return define(name, parameters, ({ from, to, items, K, stride }, fresh) => {
    const [at, end, item, itemEnd] = [fresh("i32"), fresh("i32"), fresh("i32"), fresh("i32")];
    const vectors = Array.from({ length: width / 4 }, (_, i) => FOUR * i);
    const forEachK = (body: readonly Code[]): Code =>
      doWhile(
        [...body, advance(at, stride.get), advance(to, i32.const(width * NUMBER))],
        i32.lessThan(to.get, end.get),
      );
    const whole = vectors.map((i) => f32x4.store(to.get, f32x4.load(at.get, i), i));
    const part = [
      item.set(zero),
      itemEnd.set(i32.mul(items.get, i32.const(NUMBER))),
      doWhile(
        [
          f32.store(i32.add(to.get, item.get), f32.load(i32.add(at.get, item.get))),
          advance(item, i32.const(NUMBER)),
        ],
        i32.lessThan(item.get, itemEnd.get),
      ),
    ];
    return [
      doWhile(
        [
          at.set(from.get),
          end.set(i32.add(to.get, i32.mul(K.get, i32.const(width * NUMBER)))),
          when(
            i32.lessThanSigned(items.get, i32.const(width)),
            [forEachK(part)],
            [forEachK(whole)],
          ),
          advance(from, i32.const(width * NUMBER)),
          advance(items, i32.const(-width)),
        ],
        i32.lessThanSigned(zero, items.get),
      ),
    ];
  });
}

/** For a matrix in which each item is a row of K numbers, `stride` bytes before the next item. */
export function packBelow(name: string, width: number): WasmFunction {
  return define(name, parameters, ({ from, to, items, K, stride }, fresh) => {
    const [last, out, end] = [fresh("i32"), fresh("i32"), fresh("i32")];
    const rows = [fresh("i32"), fresh("i32"), fresh("i32"), fresh("i32")];
    const registers = square(fresh);
    const panelBytes = width * NUMBER; // from one k to the next in `to`
    const onward = (ks: number): Code[] => [
      ...rows.map((row) => advance(row, i32.const(NUMBER * ks))),
      advance(out, i32.const(panelBytes * ks)),
    ];
    const fourKs = [
      ...registers.rows.map((row, i) => row.set(f32x4.load(rows[i]!.get))),
      ...transposeSquare(registers, (k, value) => f32x4.store(out.get, value, panelBytes * k)),
      ...onward(4),
    ];
    const oneK = [
      ...rows.map((row, i) => f32.store(out.get, f32.load(row.get), NUMBER * i)),
      ...onward(1),
    ];
    /** Four items of the panel, of which those past the last one are read as the last one again. */
    const fourItems = (first: number): Code[] => [
      ...rows.map((row, i) => {
        const place = i32.add(from.get, i32.mul(stride.get, i32.const(first + i)));
        return [
          ...row.set(place),
          ...row.set(i32.select(row.get, last.get, i32.lessThan(row.get, last.get))),
        ];
      }),
      out.set(i32.add(to.get, i32.const(NUMBER * first))),
      end.set(i32.add(out.get, i32.mul(i32.and(K.get, i32.const(-4)), i32.const(panelBytes)))),
      when(i32.lessThan(out.get, end.get), [doWhile(fourKs, i32.lessThan(out.get, end.get))]),
      end.set(
        i32.add(i32.const(NUMBER * first), i32.add(to.get, i32.mul(K.get, i32.const(panelBytes)))),
      ),
      when(i32.lessThan(out.get, end.get), [doWhile(oneK, i32.lessThan(out.get, end.get))]),
    ];
    return [
      last.set(i32.add(from.get, i32.mul(stride.get, i32.sub(items.get, i32.const(1))))),
      doWhile(
        [
          ...Array.from({ length: width / 4 }, (_, group) => fourItems(4 * group)).flat(),
          advance(to, i32.mul(K.get, i32.const(panelBytes))),
          advance(from, i32.mul(stride.get, i32.const(width))),
          advance(items, i32.const(-width)),
        ],
        i32.lessThanSigned(zero, items.get),
      ),
    ];
  });
}
