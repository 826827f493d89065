/**
 * What a line chart says in words: where each line begins, ends, and has its extremes.
 *
 * Source:  https://www.w3.org/WAI/tutorials/images/complex
 * Chapter: notebooks/00-start.ipynb
 */
import { axisTitle, type Axis } from "./chart.ts";
import type { CheckedSeries } from "./line-data.ts";
import { count, say } from "./numbers.ts";

/** A change smaller than this part of the whole range is none. */
const FLAT = 0.1;

/** The title when the caller gives none: what the line does, or what the lines are. */
export function lineTitle(series: readonly CheckedSeries[], x: Axis, y: Axis): string {
  const [only] = series;
  if (series.length > 1 || only === undefined || only.y.length === 1)
    return `${capital(y.name)} by ${x.name}`;
  return `${capital(y.name)} ${course(only.y)}`;
}

/** One sentence for the axes, one for each line, one for the reference. */
export function lineAlt(
  title: string,
  series: readonly CheckedSeries[],
  x: Axis,
  y: Axis,
  reference?: { readonly value: number; readonly label: string },
): string {
  const name = (axis: Axis): string =>
    axisTitle(axis) + (axis.log === true ? " on a logarithmic scale" : "");
  return [
    `Line chart: ${title}.`,
    `${name(y)}, against ${name(x)}.`,
    ...series.map((one) => sentence(one, x)),
    ...(reference === undefined
      ? []
      : [`Reference: ${reference.label} at ${say(reference.value)}.`]),
  ].join(" ");
}

function sentence({ name, x, y, band, kept }: CheckedSeries, axis: Axis): string {
  const at = (i: number): string => `at ${axis.name} ${say(x[i] ?? 0)}`;
  const lowest = y.indexOf(y.reduce((a, b) => Math.min(a, b)));
  const highest = y.indexOf(y.reduce((a, b) => Math.max(a, b)));
  if (y.length === 1) return `${name}: 1 point, ${say(y[0] ?? 0)} ${at(0)}.`;
  const parts = [
    `${name}: ${count(y.length, "point")}, ${course(y)}`,
    `lowest ${say(y[lowest] ?? 0)} ${at(lowest)}`,
    `highest ${say(y[highest] ?? 0)} ${at(highest)}`,
  ];
  if (band !== undefined) {
    const last = y.length - 1;
    parts.push(
      `with a band that ends at ${say(band.low[last] ?? 0)} to ${say(band.high[last] ?? 0)}`,
    );
  }
  if (kept.length < y.length)
    parts.push(`${say(kept.length)} of them drawn, all extremes among them`);
  return `${parts.join(", ")}.`;
}

/** "falls from 4.17 to 1.92". */
function course(y: readonly number[]): string {
  const first = y[0] ?? 0;
  const last = y[y.length - 1] ?? 0;
  const range = y.reduce((a, b) => Math.max(a, b)) - y.reduce((a, b) => Math.min(a, b));
  const change = last - first;
  if (range === 0) return `stays at ${say(first)}`;
  if (Math.abs(change) < FLAT * range)
    return `begins at ${say(first)} and ends near it at ${say(last)}`;
  return `${change < 0 ? "falls" : "rises"} from ${say(first)} to ${say(last)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
