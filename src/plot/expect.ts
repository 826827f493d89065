/**
 * What a chart refuses: nothing to draw, numbers that are none, lists that do not go together.
 *
 * Vega-Lite draws such data without a word, as an empty frame or a line with a hole.
 *
 * Source:  https://vega.github.io/vega-lite/docs/invalid-data.html
 * Chapter: notebooks/00-start.ipynb
 */
import { DataError, ShapeError } from "../core/errors.ts";

/** The values as a plain array; throws a `DataError` when there is none or one is not finite. */
export function finiteNumbers(who: string, values: ArrayLike<number>): number[] {
  const numbers: number[] = Array.from(values);
  if (numbers.length === 0)
    throw new DataError(`${who}: expected at least one number, got none; wait for the first value`);
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1)
    throw new DataError(
      `${who}: expected finite numbers, got ${String(numbers[bad])} at index ${String(bad)}; leave it out, or find where it comes from`,
    );
  return numbers;
}

/** Throws a `ShapeError` unless the list has `length` entries. */
export function sameLength(
  who: string,
  list: ArrayLike<unknown>,
  length: number,
  of: string,
): void {
  if (list.length !== length)
    throw new ShapeError(
      `${who}: expected ${String(length)} entries, one for each ${of}, got ${String(list.length)}; cut or fill the longer list`,
    );
}

/** Throws a `DataError` when a logarithmic axis meets 0 or less. */
export function positiveForLog(who: string, values: readonly number[]): void {
  const bad = values.findIndex((value) => value <= 0);
  if (bad !== -1)
    throw new DataError(
      `${who}: expected numbers above 0 on a logarithmic axis, got ${String(values[bad])} at index ${String(bad)}; leave \`log\` off, or drop the point`,
    );
}

/** The names, one for each thing drawn; throws when one is empty or no text at all. */
export function names(who: string, list: readonly string[]): readonly string[] {
  const bad = list.findIndex((name) => typeof name !== "string" || name === "");
  if (bad !== -1)
    throw new DataError(
      `${who}: expected a text that is not empty, got ${JSON.stringify(list[bad]) ?? "undefined"} at index ${String(bad)}; give every entry its name`,
    );
  return list;
}
