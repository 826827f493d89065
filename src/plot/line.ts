/**
 * Lines: how numbers change along a step, a time, a size.
 *
 * Several series share one picture; each may have a band (the least and the most over seeds), and a
 * reference line says what the numbers are to be compared with. Drawn again and again by `liveChart`
 * of notebook/live, it is the loss curve that grows while a model trains.
 *
 * Source:  https://vega.github.io/vega-lite/docs/line.html
 * Chapter: notebooks/00-start.ipynb
 */
import type { TopLevelSpec } from "vega-lite";

import { DataError } from "../core/errors.ts";
import { axisOf, axisTitle, chart, WIDTH, type AxisName, type Chart } from "./chart.ts";
import { finiteNumbers, names, positiveForLog } from "./expect.ts";
import { scaleOf, ticks } from "./line-axes.ts";
import { checkSeries, records, type CheckedSeries, type Series } from "./line-data.ts";
import { rounded } from "./numbers.ts";
import { dashes, ink, series as colors } from "./palette.ts";
import { lineAlt, lineTitle } from "./line-words.ts";

export interface LineOptions {
  /** A sentence that says what is seen. Default: computed from the data. */
  readonly title?: string;
  readonly x: AxisName;
  readonly y: AxisName;
  /** A horizontal line to compare with, such as the loss of guessing. */
  readonly reference?: { readonly value: number; readonly label: string };
}

type Layer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

const HEIGHT = 260;

/** Line chart of one to six series; throws a `DataError` for numbers that cannot be drawn, a `ShapeError` for lists of unequal length. */
export function line(series: Series | readonly Series[], options: LineOptions): Chart {
  const list = "name" in series ? [series] : series;
  const [x, y] = [axisOf(options.x), axisOf(options.y)];
  if (list.length === 0 || list.length > colors.length)
    throw new DataError(
      `line: expected 1 to ${String(colors.length)} series, got ${String(list.length)}; draw the rest in a second chart`,
    );
  names(
    "line: names of series",
    list.map(({ name }) => name),
  );
  const checked = list.map((one) => checkSeries(one, x.log === true, y.log === true));
  const reference = options.reference;
  if (reference !== undefined) {
    finiteNumbers("line: reference", [reference.value]);
    if (y.log === true) positiveForLog("line: reference", [reference.value]);
  }

  const xs = checked.flatMap((one) => one.x);
  const ys = [
    ...checked.flatMap((one) => [...one.y, ...(one.band?.low ?? []), ...(one.band?.high ?? [])]),
    ...(reference === undefined ? [] : [reference.value]),
  ];
  const several = checked.length > 1;
  const domain = checked.map(({ name }) => name);
  const legend = several
    ? ({
        orient: "top",
        title: null,
        columns: 3,
        symbolType: "stroke",
        symbolSize: 500,
        symbolStrokeWidth: 2,
      } as const)
    : null;
  const color = {
    field: "s",
    type: "nominal",
    scale: { domain, range: colors.slice(0, domain.length) },
    legend,
  } as const;
  const strokeDash = {
    field: "s",
    type: "nominal",
    scale: { domain, range: dashes.slice(0, domain.length).map((dash) => [...dash]) },
    legend,
  } as const;
  const across = {
    field: "x",
    type: "quantitative",
    title: axisTitle(x),
    scale: scaleOf(x, xs),
    axis: {
      grid: false,
      ...ticks(x, xs),
    },
  } as const;
  const up = {
    type: "quantitative",
    title: axisTitle(y),
    scale: scaleOf(y, ys),
    axis: ticks(y, ys),
  } as const;

  const bandLayer: Layer = {
    transform: [{ filter: "isValid(datum.low)" }],
    mark: { type: "area", opacity: 0.2 },
    encoding: {
      x: across,
      y: { ...up, field: "low", stack: null },
      y2: { field: "high" },
      color,
    },
  };
  const body = {
    width: WIDTH,
    height: HEIGHT,
    data: { values: checked.flatMap(records) },
    layer: [
      ...(checked.some(({ band }) => band !== undefined) ? [bandLayer] : []),
      {
        mark: { type: "line", strokeWidth: 2, ...pointsFor(checked) },
        encoding: {
          x: across,
          y: { ...up, field: "y" },
          color,
          ...(several ? { strokeDash } : {}),
          tooltip: [
            ...(several ? [{ field: "s", type: "nominal", title: "series" } as const] : []),
            { field: "x", type: "quantitative", title: x.name },
            { field: "y", type: "quantitative", title: y.name },
          ],
        },
      },
      ...(reference === undefined
        ? []
        : referenceLayers(rounded(reference.value), reference.label)),
    ],
  } satisfies TopLevelSpec;
  const title = options.title ?? lineTitle(checked, x, y);
  return chart(title, body, lineAlt(title, checked, x, y, reference));
}

/** A line of one or a few points is seen only with its points drawn. */
function pointsFor(checked: readonly CheckedSeries[]): { point?: { size: number } } {
  return checked.some(({ kept }) => kept.length <= 20) ? { point: { size: 40 } } : {};
}

function referenceLayers(value: number, label: string): Layer[] {
  const y = { datum: value };
  // A row of its own, or the rule and its label would be drawn once for each point.
  const data = { values: [{}] };
  return [
    {
      data,
      mark: { type: "rule", strokeDash: [4, 4], color: "#888888", strokeWidth: 1.5 },
      encoding: { y },
    },
    {
      data,
      mark: {
        type: "text",
        align: "right",
        baseline: "bottom",
        dy: -3,
        color: ink,
        fontSize: 11,
      },
      encoding: { x: { value: WIDTH }, y, text: { value: label } },
    },
  ];
}
