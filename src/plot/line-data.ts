/**
 * The data of a line chart: what the caller gives, checked, and the rows that are drawn.
 *
 * Source:  https://vega.github.io/vega-lite/docs/data.html#inline
 * Chapter: notebooks/00-start.ipynb
 */
import { keepExtremes } from "./downsample.ts";
import { finiteNumbers, positiveForLog, sameLength } from "./expect.ts";
import { rounded } from "./numbers.ts";

/** One line. */
export interface Series {
  readonly name: string;
  /** One number a point. */
  readonly y: ArrayLike<number>;
  /** Where each point stands. Default: 0, 1, 2 … */
  readonly x?: ArrayLike<number>;
  /** A shaded band around the line, one number a point each. */
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
}

/** A series as checked numbers, all of one length, and the indices that are drawn. */
export interface CheckedSeries {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly band?: { readonly low: readonly number[]; readonly high: readonly number[] };
  readonly kept: readonly number[];
}

/** The series with its lists checked: finite, of one length, above 0 where the axis is logarithmic. */
export function checkSeries(series: Series, logX: boolean, logY: boolean): CheckedSeries {
  const who = `line "${series.name}"`;
  const y = finiteNumbers(who, series.y);
  const x = series.x === undefined ? y.map((_, i) => i) : finiteNumbers(`${who} x`, series.x);
  sameLength(`${who} x`, x, y.length, "point");
  if (logX) positiveForLog(`${who} x`, x);
  if (logY) positiveForLog(who, y);
  const kept = keepExtremes(y, logX ? x.map((value) => Math.log10(value)) : x);
  if (series.band === undefined) return { name: series.name, x, y, kept };
  const low = finiteNumbers(`${who} band.low`, series.band.low);
  const high = finiteNumbers(`${who} band.high`, series.band.high);
  sameLength(`${who} band.low`, low, y.length, "point");
  sameLength(`${who} band.high`, high, y.length, "point");
  if (logY) positiveForLog(`${who} band.low`, low);
  return { name: series.name, x, y, band: { low, high }, kept };
}

/** One row a point that is drawn, with its band. */
export function records({
  name,
  x,
  y,
  band,
  kept,
}: CheckedSeries): Record<string, number | string>[] {
  const at = (list: readonly number[], i: number): number => rounded(list[i] ?? 0);
  return kept.map((i) => ({
    s: name,
    x: at(x, i),
    y: at(y, i),
    ...(band === undefined ? {} : { low: at(band.low, i), high: at(band.high, i) }),
  }));
}
