/**
 * A map: things with a place in the plane, each with its name, such as words by their embedding.
 *
 * Source:  https://vega.github.io/vega-lite/docs/point.html
 * Chapter: notebooks/00-start.ipynb
 */
import type { TopLevelSpec } from "vega-lite";

import { DataError } from "../core/errors.ts";
import { axisOf, axisTitle, chart, WIDTH, type AxisName, type Chart } from "./chart.ts";
import { MOST_POINTS } from "./downsample.ts";
import { finiteNumbers, names } from "./expect.ts";
import { LABEL_GAP, placeLabels, type Place } from "./label-places.ts";
import { rounded } from "./numbers.ts";
import { ink, series as colors } from "./palette.ts";
import { scatterAlt } from "./scatter-words.ts";

/** One thing on the map. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  /** Things of one group share a colour and a shape. Default: none. */
  readonly group?: string;
  /** Labels of others: a click keeps this thing and those, and fades the rest, without the kernel. Default: none. */
  readonly near?: readonly string[];
}

export interface ScatterOptions {
  /** A sentence that says what is seen. Default: "N labels on a map". */
  readonly title?: string;
  readonly x: AxisName;
  readonly y: AxisName;
}

const HEIGHT = 340;
const FONT = 11;

/** Room on each side of the map, as a part of its range. */
const MARGIN = 0.06;

/** How Vega-Lite writes the sides of a label. */
const sides = {
  right: { align: "left", baseline: "middle", dx: LABEL_GAP },
  left: { align: "right", baseline: "middle", dx: -LABEL_GAP },
  above: { align: "center", baseline: "bottom", dy: -LABEL_GAP },
  below: { align: "center", baseline: "top", dy: LABEL_GAP },
} as const satisfies Record<Place, unknown>;

/** Is the thing at hand the one that was clicked, or one of those that it names? True for all before a click. */
const KEPT =
  "!picked.label || picked.label[0] === datum.label || indexof(picked.near[0], datum.mark) >= 0";
const CLICKED = `isDefined(picked.label) && (${KEPT})`;

/** Scatter map with names that do not overlap; throws a `DataError` for points without a finite place, without a name, or in too many groups. */
export function scatter(points: readonly Point[], options: ScatterOptions): Chart {
  const xs = finiteNumbers(
    "scatter x",
    points.map(({ x }) => x),
  );
  const ys = finiteNumbers(
    "scatter y",
    points.map(({ y }) => y),
  );
  names(
    "scatter labels",
    points.map(({ label }) => label),
  );
  const groups = [...new Set(points.flatMap(({ group }) => (group === undefined ? [] : [group])))];
  if (groups.length > colors.length)
    throw new DataError(
      `scatter: expected at most ${String(colors.length)} groups, got ${String(groups.length)}; name the smallest ones "other"`,
    );
  const kept = outline(points, xs, ys);
  const [xDomain, yDomain] = [range(xs), range(ys)];
  const places = placeLabels(
    kept.map(({ x, y, label }) => ({
      label,
      x: scaled(x, xDomain) * WIDTH,
      y: (1 - scaled(y, yDomain)) * HEIGHT,
    })),
    FONT,
    WIDTH,
    HEIGHT,
  );

  const x = {
    field: "x",
    type: "quantitative",
    title: axisTitle(options.x),
    scale: { domain: xDomain, nice: false },
  } as const;
  const y = {
    field: "y",
    type: "quantitative",
    title: axisTitle(options.y),
    scale: { domain: yDomain, nice: false },
  } as const;
  const legend = { orient: "top", title: null, columns: 4 } as const;
  const color = {
    field: "group",
    type: "nominal",
    scale: { domain: groups, range: colors.slice(0, groups.length) },
    legend,
  } as const;
  const shape = { field: "group", type: "nominal", scale: { domain: groups }, legend } as const;
  const grouped = groups.length > 0;
  const clickable = points.some(({ near }) => near !== undefined);
  const faded = clickable
    ? { opacity: { condition: { test: KEPT, value: 0.9 }, value: 0.12 } }
    : {};
  const body = {
    width: WIDTH,
    height: HEIGHT,
    data: {
      values: kept.map((point, i) => ({
        x: rounded(point.x),
        y: rounded(point.y),
        label: point.label,
        ...(grouped ? { group: point.group ?? "" } : {}),
        ...(places[i] === undefined ? {} : { place: places[i] }),
        ...(clickable ? { mark: marked(point.label), near: near(point) } : {}),
      })),
    },
    layer: [
      {
        ...(clickable ? { params: [picked] } : {}),
        mark: { type: "point", filled: true, size: 45, opacity: 0.9, color: colors[0] ?? "" },
        encoding: {
          x,
          y,
          ...(grouped ? { color, shape } : {}),
          ...faded,
          tooltip: [
            { field: "label", type: "nominal", title: "label" },
            ...(grouped ? [{ field: "group", type: "nominal", title: "group" } as const] : []),
            { field: "x", type: "quantitative", title: axisOf(options.x).name },
            { field: "y", type: "quantitative", title: axisOf(options.y).name },
          ],
        },
      },
      ...(Object.keys(sides) as Place[]).map((place) => ({
        transform: [{ filter: `datum.place === '${place}'` }],
        mark: { type: "text" as const, color: ink, fontSize: FONT, ...sides[place] },
        encoding: { x, y, text: { field: "label", type: "nominal" as const }, ...faded },
      })),
      ...(clickable ? [hiddenLabels(x, y)] : []),
    ],
  } satisfies TopLevelSpec;
  const title = options.title ?? `${String(points.length)} labels on a map`;
  const named = places.filter((place) => place !== undefined).length;
  const click = clickable ? " A click on a point keeps it and its neighbours." : "";
  return chart(title, body, `${scatterAlt(title, points, kept.length, named, options)}${click}`);
}

/** The click that keeps a thing and its neighbours. */
const picked: { name: string; select: { type: "point"; fields: string[]; toggle: false } } = {
  name: "picked",
  select: { type: "point", fields: ["label", "near"], toggle: false },
};

/** A label between bars, so that no label is found within another. */
function marked(label: string): string {
  return `|${label}|`;
}

function near({ near: others = [] }: Point): string {
  return others.map(marked).join("");
}

/** The labels for which the map has no room; those of what a click keeps are shown all the same. */
function hiddenLabels<X, Y>(x: X, y: Y) {
  return {
    transform: [{ filter: "!isValid(datum.place)" }],
    mark: { type: "text" as const, color: ink, fontSize: FONT, ...sides.right },
    encoding: {
      x,
      y,
      text: { field: "label", type: "nominal" as const },
      opacity: { condition: { test: CLICKED, value: 1 }, value: 0 },
    },
  };
}

/** All points, or 500 of them: the outermost ones and of the others every so many. */
function outline(
  points: readonly Point[],
  xs: readonly number[],
  ys: readonly number[],
): readonly Point[] {
  if (points.length <= MOST_POINTS) return points;
  const ends = [xs, ys].flatMap((list) => [
    list.indexOf(list.reduce((a, b) => Math.min(a, b))),
    list.indexOf(list.reduce((a, b) => Math.max(a, b))),
  ]);
  const kept = new Set(ends);
  const others = MOST_POINTS - kept.size;
  for (let i = 0; i < others; i++) kept.add(Math.floor((i * points.length) / others));
  return [...kept].sort((a, b) => a - b).flatMap((i) => points[i] ?? []);
}

function range(values: readonly number[]): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const margin = (high - low) * MARGIN || 1;
  return [rounded(low - margin), rounded(high + margin)];
}

function scaled(value: number, [low, high]: readonly [number, number]): number {
  return (value - low) / (high - low);
}
