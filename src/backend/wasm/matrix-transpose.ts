/**
 * A matrix transposed in squares of 4 × 4, each of which fits in registers; its edges number by number.
 *
 * Source:  `omatcopy` of BLAS-like libraries, https://www.openblas.net
 * Chapter: notebooks/00-start.ipynb
 */
import { doWhile, f32, f32x4, i32, when, type Code } from "../../core/wasm-code.ts";
import { define, type Variable, type WasmFunction } from "../../core/wasm-module.ts";
import { square, transposeSquare } from "./four-by-four.ts";

/**
 * Number j of row i goes to number i of row j.
 *
 * `rowStep` is the bytes between rows of the source, each of which holds `columns` numbers side by side;
 * `columnStep` those between rows of the target.
 */
export type TransposeMatrix = (
  from: number,
  to: number,
  rows: number,
  columns: number,
  rowStep: number,
  columnStep: number,
) => void;

const NUMBER = 4; // bytes of a float32

/** The loop. */
export function transposeMatrix(): WasmFunction {
  const parameters = {
    from: "i32",
    to: "i32",
    rows: "i32",
    columns: "i32",
    rowStep: "i32",
    columnStep: "i32",
  } as const;
  return define("transposeMatrix", parameters, (given, fresh) => {
    const { from, to, rows, columns, rowStep, columnStep } = given;
    const [read, write, left] = [fresh("i32"), fresh("i32"), fresh("i32")];
    const places = [read, write, fresh("i32"), fresh("i32"), fresh("i32"), fresh("i32")] as const;
    const [, , secondRow, thirdRow, fourthRow, target] = places;
    const registers = square(fresh);
    const advance = (x: Variable, by: Code): Code => x.set(i32.add(x.get, by));
    const times = (step: Variable, count: number): Code => i32.mul(step.get, i32.const(count));
    const atLeast = (count: Variable, least: number): Code =>
      i32.lessThanSigned(i32.const(least - 1), count.get);

    const fourColumns = [
      secondRow.set(i32.add(read.get, rowStep.get)),
      thirdRow.set(i32.add(secondRow.get, rowStep.get)),
      fourthRow.set(i32.add(thirdRow.get, rowStep.get)),
      ...registers.rows.map((row, i) =>
        row.set(f32x4.load([read, secondRow, thirdRow, fourthRow][i]!.get)),
      ),
      target.set(write.get),
      ...transposeSquare(registers, (_, value) => [
        ...f32x4.store(target.get, value),
        ...advance(target, columnStep.get),
      ]),
      advance(read, i32.const(4 * NUMBER)),
      write.set(target.get),
      advance(left, i32.const(-4)),
    ];
    const oneColumn = (numbers: number): Code[] => [
      ...Array.from({ length: numbers }, (_, i) =>
        f32.store(write.get, f32.load(i32.add(read.get, times(rowStep, i))), NUMBER * i),
      ),
      advance(read, i32.const(NUMBER)),
      advance(write, columnStep.get),
      advance(left, i32.const(-1)),
    ];
    const startOfRow = [read.set(from.get), write.set(to.get), left.set(columns.get)];
    const nextRows = (count: number): Code[] => [
      advance(from, times(rowStep, count)),
      advance(to, i32.const(NUMBER * count)),
      advance(rows, i32.const(-count)),
    ];
    const repeatedly = (least: number, count: Variable, body: readonly Code[]): Code =>
      when(atLeast(count, least), [doWhile(body, atLeast(count, least))]);
    return [
      repeatedly(4, rows, [
        ...startOfRow,
        repeatedly(4, left, fourColumns),
        repeatedly(1, left, oneColumn(4)),
        ...nextRows(4),
      ]),
      repeatedly(1, rows, [...startOfRow, repeatedly(1, left, oneColumn(1)), ...nextRows(1)]),
    ];
  });
}
