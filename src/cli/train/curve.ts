/**
 * A curve of losses drawn in characters: ● what is learned from, ○ what is held out.
 *
 * Source:  https://en.wikipedia.org/wiki/ASCII_art
 * Chapter: notebooks/13-pre-training.ipynb
 */

/** A value at a step. */
export interface Point {
  readonly step: number;
  readonly loss: number;
}

export interface CurveOptions {
  /** Columns of the picture, without its axis; default 60. */
  readonly width?: number;
  /** Rows; default 10. */
  readonly height?: number;
}

/**
 * The losses of steps as ●, the mean of those that fall into one column, and held-out losses as ○, where no ● stands.
 *
 * Nothing for fewer than two steps.
 */
export function lossCurve(
  { steps, heldOut }: { readonly steps: readonly Point[]; readonly heldOut: readonly Point[] },
  { width = 60, height = 10 }: CurveOptions = {},
): string {
  const last = steps.at(-1)?.step ?? 0;
  if (steps.length < 2) return "";
  const columns = Math.min(width, last);
  const columnOf = (step: number): number => Math.floor((Math.max(step - 1, 0) * columns) / last);
  const means = columnMeans(steps, columnOf);
  const values = [...means.values(), ...heldOut.map(({ loss }) => loss)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  // Equal ratios are equally high, so that the long slow part is seen beside the fast beginning.
  const toScale = (loss: number): number => (low > 0 ? Math.log(loss) : loss);
  const fromScale = (value: number): number => (low > 0 ? Math.exp(value) : value);
  const [top, span] = [toScale(high), toScale(high) - toScale(low)];
  const rowOf = (loss: number): number =>
    Math.round(((top - toScale(loss)) / (span || 1)) * (height - 1));
  const rows = Array.from({ length: height }, () => Array<string>(columns).fill(" "));
  for (const { step, loss } of heldOut) rows[rowOf(loss)]![columnOf(step)] = "○";
  for (const [column, loss] of means) rows[rowOf(loss)]![column] = "●";
  const labels = rows.map((_, row) => fromScale(top - (row / (height - 1)) * span).toFixed(2));
  const space = Math.max(...labels.map((label) => label.length));
  const lines = rows.map((row, i) => `${labels[i]!.padStart(space)} ┤${row.join("").trimEnd()}`);
  const end = last.toLocaleString("en");
  const legend = heldOut.length > 0 ? "● loss, ○ held out" : "● loss";
  return [
    ...lines,
    `${" ".repeat(space)} └${"─".repeat(columns)}`,
    `${" ".repeat(space)}  1${end.padStart(columns - 1)}   steps; ${legend}`,
    "",
  ].join("\n");
}

function columnMeans(
  points: readonly Point[],
  columnOf: (step: number) => number,
): Map<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const { step, loss } of points) {
    const { sum, count } = sums.get(columnOf(step)) ?? { sum: 0, count: 0 };
    sums.set(columnOf(step), { sum: sum + loss, count: count + 1 });
  }
  return new Map([...sums].map(([column, { sum, count }]) => [column, sum / count]));
}
