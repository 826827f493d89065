/**
 * Copying rows from one place to another, 16 bytes at a time: what slices, concatenations and most transposes are.
 *
 * Source:  `dlacpy` of LAPACK, https://netlib.org/lapack, which copies a part of a matrix
 * Chapter: notebooks/00-start.ipynb
 */
import { doWhile, f32x4, i32, when, type Code } from "../../core/wasm-code.ts";
import { define, type Variable, type WasmFunction } from "../../core/wasm-module.ts";

/** Copies `rows` rows of `bytes` bytes, a multiple of 4 and not 0; the steps are bytes from one row to the next. */
export type CopyRows = (
  from: number,
  to: number,
  rows: number,
  bytes: number,
  fromStep: number,
  toStep: number,
) => void;

const VECTOR = 16; // bytes

/** The loop. */
export function copyRows(): WasmFunction {
  const parameters = {
    from: "i32",
    to: "i32",
    rows: "i32",
    bytes: "i32",
    fromStep: "i32",
    toStep: "i32",
  } as const;
  return define("copyRows", parameters, (given, fresh) => {
    const { from, to, rows, bytes, fromStep, toStep } = given;
    const [read, write, end] = [fresh("i32"), fresh("i32"), fresh("i32")];
    const advance = (x: Variable, by: Code): Code => x.set(i32.add(x.get, by));
    const untilEnd = (move: Code, step: number): Code => {
      const before = i32.lessThan(read.get, end.get);
      const onward = [advance(read, i32.const(step)), advance(write, i32.const(step))];
      return when(before, [doWhile([move, ...onward], before)]);
    };
    return [
      doWhile(
        [
          read.set(from.get),
          write.set(to.get),
          end.set(i32.add(from.get, i32.and(bytes.get, i32.const(-VECTOR)))),
          untilEnd(f32x4.store(write.get, f32x4.load(read.get)), VECTOR),
          end.set(i32.add(from.get, bytes.get)),
          untilEnd(i32.store(write.get, i32.load(read.get)), 4),
          advance(from, fromStep.get),
          advance(to, toStep.get),
          advance(rows, i32.const(-1)),
        ],
        rows.get,
      ),
    ];
  });
}
