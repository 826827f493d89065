/**
 * Points, and curves that try to follow them: what fitting looks like.
 *
 * The axes belong to the points. A curve that leaves them is cut at the edge, however far it goes.
 *
 * Source:  https://vega.github.io/vega-lite/docs/point.html, https://vega.github.io/vega-lite/docs/line.html
 * Chapter: notebooks/03-learning.ipynb
 */
import type { TopLevelSpec } from "vega-lite";

import { DataError } from "../core/errors.ts";
import { axisTitle, chart, WIDTH, type AxisName, type Chart } from "./chart.ts";
import { finiteNumbers, names, sameLength } from "./expect.ts";
import { rounded, say } from "./numbers.ts";
import { dashes, series as colors } from "./palette.ts";

/** Points or a curve: its name in the legend, and its numbers. */
export interface Trace {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface FitOptions {
  /** A sentence that says what is seen. */
  readonly title: string;
  readonly x: AxisName;
  readonly y: AxisName;
}

interface Checked {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const HEIGHT = 280;

/** Room around the points, as a part of their range. */
const MARGIN = 0.08;

/** Scatter of `points` (one or more groups) with `curves` over them; throws a `DataError` for numbers that cannot be drawn and for too many groups. */
export function fit(
  points: Trace | readonly Trace[],
  curves: readonly Trace[],
  options: FitOptions,
): Chart {
  const groups = "name" in points ? [points] : points;
  const traces = [...curves, ...groups];
  names(
    "fit: names",
    traces.map(({ name }) => name),
  );
  if (traces.length > colors.length)
    throw new DataError(
      `fit: expected at most ${String(colors.length)} groups and curves, got ${String(traces.length)}; draw the rest in a second chart`,
    );
  const checked = traces.map(({ name, x, y }) => {
    sameLength(`fit ${name}`, y, x.length, "x");
    return { name, x: finiteNumbers(`fit ${name} x`, x), y: finiteNumbers(`fit ${name} y`, y) };
  });
  const drawn = checked.slice(curves.length);
  const places = {
    x: {
      field: "x",
      type: "quantitative",
      title: axisTitle(options.x),
      scale: { domain: range(drawn.flatMap(({ x }) => x)), nice: false },
      axis: {
        grid: false,
        format: drawn.every(({ x }) => x.every(Number.isInteger)) ? "d" : "~g",
      },
    },
    y: {
      field: "y",
      type: "quantitative",
      title: axisTitle(options.y),
      scale: { domain: range(drawn.flatMap(({ y }) => y)), nice: false },
    },
  } as const;
  /** Colours, or dashes, for the traces from one place to another of the palette. */
  const byName = (from: number, to: number, values: readonly unknown[], legend: unknown) => ({
    field: "s",
    type: "nominal" as const,
    scale: {
      domain: checked.slice(from, to).map(({ name }) => name),
      range: values.slice(from, to),
    },
    legend,
  });
  const legend = { orient: "top", title: null, columns: 3, symbolSize: 100 } as const;
  const stroke = {
    ...legend,
    symbolType: "stroke",
    symbolSize: 150,
    symbolStrokeWidth: 2,
  } as const;
  const dashed = dashes.map((dash) => [...dash]);
  const values = (traces: readonly Checked[]) =>
    traces.flatMap(({ name, x, y }) =>
      x.map((at, i) => ({ s: name, i, x: rounded(at), y: rounded(y[i] ?? 0) })),
    );
  const body = {
    width: WIDTH,
    height: HEIGHT,
    layer: [
      ...(curves.length === 0
        ? []
        : [
            {
              data: {
                values: values(checked.slice(0, curves.length).map(within(places.y.scale.domain))),
              },
              mark: { type: "line" as const, strokeWidth: 2, clip: true },
              encoding: {
                ...places,
                color: byName(0, curves.length, colors, stroke),
                strokeDash: byName(0, curves.length, dashed, stroke),
                order: { field: "i", type: "quantitative" as const },
              },
            },
          ]),
      {
        data: { values: values(drawn) },
        mark: { type: "point", filled: true, size: 36, opacity: 0.85 },
        encoding: { ...places, color: byName(curves.length, traces.length, colors, legend) },
      },
    ],
    resolve: { scale: { color: "independent" as const, strokeDash: "independent" as const } },
  } as unknown as TopLevelSpec & Readonly<Record<string, unknown>>;
  return chart(options.title, body, alt(checked, curves.length, options));
}

/** The curve, cut where it is far outside: pictures cannot hold places millions of pixels away. */
function within([low, high]: readonly [number, number]): (curve: Checked) => Checked {
  const span = high - low;
  return ({ name, x, y }) => ({
    name,
    x,
    y: y.map((value) => Math.min(Math.max(value, low - span), high + span)),
  });
}

function range(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = (high - low) * MARGIN || 1;
  return [rounded(low - margin), rounded(high + margin)];
}

function alt(traces: readonly Checked[], curves: number, { title, x, y }: FitOptions): string {
  const told = traces.map(({ name, y: values }, i) => {
    const span = `between ${say(Math.min(...values))} and ${say(Math.max(...values))}`;
    return i < curves
      ? `${name}: a curve ${span}`
      : `${name}: ${String(values.length)} points ${span}`;
  });
  return `Points and curves: ${title}. ${axisTitle(y)} against ${axisTitle(x)}. ${told.join(". ")}.`;
}
