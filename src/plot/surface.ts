/**
 * A surface over two numbers, seen from above, with the paths that walk on it: a loss and its descents.
 *
 * White is low, dark is high. A path has a point for each step; its end is where it came to.
 *
 * Source:  https://vega.github.io/vega-lite/docs/rect.html#ranged
 * Chapter: notebooks/03-learning.ipynb
 */
import type { TopLevelSpec } from "vega-lite";

import { ConfigError, DataError } from "../core/errors.ts";
import { axisOf, axisTitle, chart, WIDTH, type Axis, type AxisName, type Chart } from "./chart.ts";
import { finiteNumbers, names, positiveForLog, sameLength } from "./expect.ts";
import type { Trace } from "./fit.ts";
import { rounded, say } from "./numbers.ts";
import { fillFor, series as colors } from "./palette.ts";

/** An axis and the part of it that is drawn. */
export interface Span extends Axis {
  readonly range: readonly [number, number];
}

export interface SurfaceOptions {
  /** A sentence that says what is seen. */
  readonly title: string;
  readonly x: Span;
  readonly y: Span;
  /** What the height is; with `log` the colours go by its logarithm. */
  readonly value: AxisName;
  /** Walks over the surface, at most five. Default: none. */
  readonly paths?: readonly Trace[];
}

const HEIGHT = 320;

/** Cells across and down: fine enough for the eye, and below 50 kB in a notebook. */
const ACROSS = 40;
const DOWN = 26;

/** Heights that are told apart, like the lines of a map: a picture has 256 colours for everything in it. */
const LEVELS = 24;

/** The surface `height(x, y)` as cells of colour; throws a `ConfigError` for an empty range, a `DataError` for a height or a path that cannot be drawn. */
export function surface(height: (x: number, y: number) => number, options: SurfaceOptions): Chart {
  const { title, x, y, value, paths = [] } = options;
  const edges = { x: edgesOf(x, ACROSS), y: edgesOf(y, DOWN) };
  const middle = (list: readonly number[], i: number): number => (list[i]! + list[i + 1]!) / 2;
  const cells = Array.from({ length: ACROSS * DOWN }, (_, k) => {
    const [i, j] = [k % ACROSS, Math.floor(k / ACROSS)];
    return { i, j, v: height(middle(edges.x, i), middle(edges.y, j)) };
  });
  const heights = finiteNumbers(
    "surface",
    cells.map(({ v }) => v),
  );
  const log = axisOf(value).log === true;
  if (log) positiveForLog("surface", heights);
  const checked = checkPaths(paths);

  const axis = (field: "x" | "y", span: Span) =>
    ({
      field,
      type: "quantitative",
      title: axisTitle(span),
      scale: { domain: [...span.range] as number[], nice: false },
      axis: { grid: false },
    }) as const;
  const ladder = ladderOf(heights, log);
  const pathColor = {
    field: "s",
    type: "nominal",
    scale: { domain: checked.map(({ name }) => name), range: colors.slice(1, checked.length + 1) },
    legend: checked.length < 2 ? null : ({ orient: "top", title: null, columns: 3 } as const),
  } as const;
  const steps = checked.flatMap(({ name, x: xs, y: ys }) =>
    xs.map((at, i) => ({ s: name, i, x: rounded(at), y: rounded(ys[i] ?? 0) })),
  );
  const body = {
    width: WIDTH,
    height: HEIGHT,
    layer: [
      {
        data: {
          values: cells.map(({ i, j, v }) => ({
            x: rounded(edges.x[i]!),
            y: rounded(edges.y[j]!),
            v: rounded(ladder.at(Math.round(ladder.partOf(v) * LEVELS) / LEVELS)),
          })),
        },
        transform: [
          { calculate: upTo("x", edges.x), as: "x2" },
          { calculate: upTo("y", edges.y), as: "y2" },
        ],
        mark: "rect",
        encoding: {
          x: axis("x", x),
          x2: { field: "x2" },
          y: axis("y", y),
          y2: { field: "y2" },
          color: {
            field: "v",
            type: "quantitative",
            title: axisTitle(value),
            scale: colours(ladder, log),
            legend: { gradientLength: 160, format: "~g", tickCount: 4 },
          },
        },
      },
      ...(steps.length === 0
        ? []
        : [
            {
              data: { values: steps },
              mark: {
                type: "line" as const,
                clip: true,
                strokeWidth: 1.5,
                point: { size: 28, clip: true },
              },
              encoding: {
                x: axis("x", x),
                y: axis("y", y),
                color: pathColor,
                order: { field: "i", type: "quantitative" as const },
              },
            },
          ]),
    ],
    resolve: { scale: { color: "independent" as const } },
  } satisfies TopLevelSpec;
  return chart(title, body, alt(cells, edges, checked, options));
}

/** A Vega expression: where a cell ends, a part of a pixel over the next one, or the background would shine through. */
function upTo(field: "x" | "y", edges: readonly number[]): string {
  const width = (edges[1]! - edges[0]!) * 1.04;
  return `min(datum.${field} + ${String(rounded(width))}, ${String(edges.at(-1))})`;
}

function edgesOf({ name, range: [low, high] }: Span, cells: number): number[] {
  if (!(low < high))
    throw new ConfigError(
      `surface ${name}: expected a range [low, high] with low < high, got [${String(low)}, ${String(high)}]; swap them`,
    );
  return Array.from({ length: cells + 1 }, (_, i) => low + ((high - low) * i) / cells);
}

type Checked = readonly {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}[];

function checkPaths(paths: readonly Trace[]): Checked {
  names(
    "surface: names of paths",
    paths.map(({ name }) => name),
  );
  if (paths.length >= colors.length)
    throw new DataError(
      `surface: expected at most ${String(colors.length - 1)} paths, got ${String(paths.length)}; draw the rest in a second chart`,
    );
  return paths.map(({ name, x, y }) => {
    sameLength(`surface ${name}`, y, x.length, "x");
    return {
      name,
      x: finiteNumbers(`surface ${name} x`, x),
      y: finiteNumbers(`surface ${name} y`, y),
    };
  });
}

/** From the lowest height, part 0, to the highest, part 1, evenly in the height or in its logarithm. */
interface Ladder {
  readonly at: (part: number) => number;
  readonly partOf: (height: number) => number;
}

function ladderOf(heights: readonly number[], log: boolean): Ladder {
  const [to, from] = log ? [Math.log, Math.exp] : [(v: number) => v, (v: number) => v];
  const low = to(Math.min(...heights));
  const span = to(Math.max(...heights)) - low || 1;
  return { at: (part) => from(low + part * span), partOf: (height) => (to(height) - low) / span };
}

/** Five colours from white to dark blue, evenly spaced on the ladder. */
function colours({ at }: Ladder, log: boolean) {
  const { range } = fillFor([0, 1]).scale;
  const domain = range.map((_, i) => rounded(at(i / (range.length - 1))));
  return { type: log ? ("log" as const) : ("linear" as const), domain, range, clamp: true };
}

function alt(
  cells: readonly { readonly i: number; readonly j: number; readonly v: number }[],
  edges: { readonly x: readonly number[]; readonly y: readonly number[] },
  paths: Checked,
  { title, x, y, value }: SurfaceOptions,
): string {
  const lowest = cells.reduce((a, b) => (b.v < a.v ? b : a));
  const highest = cells.reduce((a, b) => (b.v > a.v ? b : a));
  const place = ({ i, j }: typeof lowest): string =>
    `${x.name} ${say((edges.x[i]! + edges.x[i + 1]!) / 2)}, ${y.name} ${say((edges.y[j]! + edges.y[j + 1]!) / 2)}`;
  const walks = paths.map(({ name, x: xs, y: ys }) => {
    const [end] = [xs.length - 1];
    return ` Path ${name}: ${String(end)} steps from (${say(xs[0]!)}, ${say(ys[0]!)}) to (${say(xs[end]!)}, ${say(ys[end]!)}).`;
  });
  return `Surface: ${title}. ${axisTitle(value)} over ${x.name} and ${y.name}. Lowest ${say(lowest.v)} near ${place(lowest)}, highest ${say(highest.v)} near ${place(highest)}.${walks.join("")}`;
}
