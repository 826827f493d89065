/**
 * What a heat map says in words: its size, its range, and where each row is strongest.
 *
 * Source:  https://www.w3.org/WAI/tutorials/images/complex
 * Chapter: notebooks/00-start.ipynb
 */
import { say } from "./numbers.ts";

/** Up to so many rows, each says where it is strongest. */
const FEW = 12;

/** How far a sum may be from 1 to count as 1: the rounding of 32-bit numbers. */
const ROUNDING = 1e-3;

/** The title and the alt text of a heat map of `cells[row][column]`. */
export function heatmapAlt(
  cells: readonly (readonly number[])[],
  rows: readonly string[],
  columns: readonly string[],
  {
    value,
    rowName,
    columnName,
  }: { readonly value: string; readonly rowName: string; readonly columnName: string },
): { title: string; alt: string } {
  const strongest = cells.map((list) => list.indexOf(Math.max(...list)));
  const at = (r: number): number => cells[r]?.[strongest[r] ?? 0] ?? 0;
  const best = cells.reduce((a, _, r) => (at(r) > at(a) ? r : a), 0);
  const least = Math.min(...cells.flat());
  const pair = (r: number): string =>
    `${rows[r] ?? ""} → ${columns[strongest[r] ?? 0] ?? ""} ${say(at(r))}`;
  const sentences = [
    `${value} of ${say(rows.length)} rows (${rowName}) by ${say(columns.length)} columns (${columnName}), between ${say(least)} and ${say(at(best))}.`,
    `Strongest of all: ${pair(best)}.`,
  ];
  const sums = cells.map((list) => list.reduce((a, b) => a + b));
  if (sums.every((sum) => Math.abs(sum - 1) < ROUNDING)) sentences.push("Each row adds up to 1.");
  if (rows.length <= FEW)
    sentences.push(`Strongest in each row: ${cells.map((_, r) => pair(r)).join(", ")}.`);
  return {
    title: `Strongest ${value}: ${rows[best] ?? ""} → ${columns[strongest[best] ?? 0] ?? ""} (${say(at(best))})`,
    alt: sentences.join(" "),
  };
}
