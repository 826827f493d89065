/**
 * Adding rows up, four columns at a time.
 *
 * Axes:    R rows, C columns
 * Source:  `saxpy` of BLAS, https://netlib.org/blas, with the factor 1
 * Chapter: notebooks/00-start.ipynb
 */
import { doWhile, f32, f32x4, i32, when, type Code } from "../../core/wasm-code.ts";
import { define, type WasmFunction } from "../../core/wasm-module.ts";

const NUMBER = 4; // bytes of a float32
const VECTOR = 16;

/** (R, C) → (C): adds `rows` rows, at least one, of `bytes` bytes each to the row at `to`. */
export type AddRows = (from: number, to: number, rows: number, bytes: number) => void;

/** The loop. */
export function addRows(): WasmFunction {
  const parameters = { from: "i32", to: "i32", rows: "i32", bytes: "i32" } as const;
  return define("addRows", parameters, ({ from, to, rows, bytes }, fresh) => {
    const [sum, end] = [fresh("i32"), fresh("i32")];
    const before = i32.lessThan(sum.get, end.get);
    const untilEnd = (add: Code, step: number): Code => {
      const onward = [sum, from].map((place) => place.set(i32.add(place.get, i32.const(step))));
      return when(before, [doWhile([add, ...onward], before)]);
    };
    return [
      doWhile(
        [
          sum.set(to.get),
          end.set(i32.add(to.get, i32.and(bytes.get, i32.const(-VECTOR)))),
          untilEnd(
            f32x4.store(sum.get, f32x4.add(f32x4.load(sum.get), f32x4.load(from.get))),
            VECTOR,
          ),
          end.set(i32.add(to.get, bytes.get)),
          untilEnd(f32.store(sum.get, f32.add(f32.load(sum.get), f32.load(from.get))), NUMBER),
          rows.set(i32.sub(rows.get, i32.const(1))),
        ],
        rows.get,
      ),
    ];
  });
}
