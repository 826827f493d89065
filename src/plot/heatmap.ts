/**
 * A heat map over words: one cell for each pair, darker for more, as attention is drawn.
 *
 * Row i says how strongly word i looks at each word of the columns. Small maps carry the numbers in
 * their cells; with `selectRow` a click keeps one row and fades the rest.
 *
 * Source:  Bahdanau et al. (2015), figure 3, https://arxiv.org/abs/1409.0473
 * Chapter: notebooks/00-start.ipynb
 */
import type { TopLevelSpec } from "vega-lite";

import { DataError } from "../core/errors.ts";
import { chart, WIDTH, type Chart } from "./chart.ts";
import { finiteNumbers, names, sameLength } from "./expect.ts";
import { heatmapAlt } from "./heatmap-words.ts";
import { formatFor, rounded } from "./numbers.ts";
import { fillFor } from "./palette.ts";
import { textWidth } from "./text-size.ts";
import { visible } from "./visible.ts";

export interface HeatmapOptions {
  /** The words of the rows, from the top. */
  readonly rows: readonly string[];
  /** The words of the columns. Default: those of the rows. */
  readonly columns?: readonly string[];
  /** What the values are, such as "attention weight". */
  readonly value: string;
  /** What the rows are. Default: "from". */
  readonly rowName?: string;
  /** What the columns are. Default: "to". */
  readonly columnName?: string;
  /** A sentence that says what is seen. Default: computed from the data. */
  readonly title?: string;
  /** The values of the lightest and the darkest cell. Default: 0 and the largest, or even on both sides of 0. */
  readonly domain?: readonly [number, number];
  /** A click on a row keeps it and fades the others, without the kernel. Default: false. */
  readonly selectRow?: boolean;
}

/** The most words on a side: more cannot be read, and 48 x 48 cells are already 80 kB in a notebook. */
const MOST_WORDS = 48;

/** Pixels: the widest cell, the tallest, and the narrowest that holds a number. */
const WIDEST = 56;
const TALLEST = 34;
const NUMBER = 34;

const FONT = 11;
const LONGEST_NAME = 120;

/** Heat map of `values[row][column]`; throws a `ShapeError` unless there is one row for each word and one value for each column. */
export function heatmap(values: ArrayLike<ArrayLike<number>>, options: HeatmapOptions): Chart {
  const { rows, columns = rows, value, rowName = "from", columnName = "to" } = options;
  names("heatmap rows", rows);
  names("heatmap columns", columns);
  if (Math.max(rows.length, columns.length) > MOST_WORDS)
    throw new DataError(
      `heatmap: expected at most ${String(MOST_WORDS)} words on a side, got ${String(rows.length)} x ${String(columns.length)}; draw a part`,
    );
  sameLength("heatmap", values, rows.length, "row");
  const cells = Array.from(values, (row, i) => {
    sameLength(`heatmap row ${String(i)}`, row, columns.length, "column");
    return finiteNumbers(`heatmap row ${String(i)}`, row);
  });
  const flat = cells.flat();
  const fill = fillFor(flat, options.domain);

  const cellWidth = Math.min(WIDEST, Math.floor(WIDTH / columns.length));
  const cellHeight = Math.min(TALLEST, cellWidth);
  const longest = Math.max(...columns.map((word) => textWidth(visible(word), FONT)));
  const tilted = longest > cellWidth - 2;
  const axis = (words: readonly string[]) =>
    ({
      labelExpr: `${JSON.stringify(words.map(visible))}[datum.value]`,
      labelLimit: LONGEST_NAME,
      labelOverlap: false,
      ticks: false,
      domain: false,
      labelPadding: 6,
    }) as const;
  const row = { field: "r", type: "ordinal", title: rowName, axis: axis(rows) } as const;
  const column = {
    field: "c",
    type: "ordinal",
    title: columnName,
    axis: {
      ...axis(columns),
      orient: "top",
      labelAngle: tilted ? -45 : 0,
      labelAlign: tilted ? "left" : "center",
    },
  } as const;
  const opacity =
    options.selectRow === true
      ? ({ opacity: { condition: { param: "row", value: 1 }, value: 0.2 } } as const)
      : {};
  const selection = {
    name: "row",
    select: { type: "point", fields: ["r"], toggle: false },
  } as const;
  const body = {
    width: { step: cellWidth },
    height: { step: cellHeight },
    data: {
      values: cells.flatMap((list, r) => list.map((v, c) => ({ r, c, v: rounded(v) }))),
    },
    transform: [
      { calculate: `${JSON.stringify(rows.map(visible))}[datum.r]`, as: "row" },
      { calculate: `${JSON.stringify(columns.map(visible))}[datum.c]`, as: "column" },
    ],
    layer: [
      {
        ...(options.selectRow === true
          ? { params: [{ ...selection, select: { ...selection.select, fields: ["r"] } }] }
          : {}),
        mark: { type: "rect", stroke: "#888888", strokeOpacity: 0.25, strokeWidth: 1 },
        encoding: {
          x: column,
          y: row,
          color: {
            field: "v",
            type: "quantitative",
            title: value,
            scale: fill.scale,
            legend: { gradientLength: 120, format: "~g", tickCount: 3 },
          },
          ...opacity,
          tooltip: [
            { field: "row", type: "nominal", title: rowName },
            { field: "column", type: "nominal", title: columnName },
            { field: "v", type: "quantitative", title: value },
          ],
        },
      },
      ...(cellWidth < NUMBER
        ? []
        : [
            {
              mark: { type: "text" as const, fontSize: FONT - 1 },
              encoding: {
                x: column,
                y: row,
                text: {
                  field: "v",
                  type: "quantitative" as const,
                  format: formatFor(flat) === ",d" ? ",d" : ".2f",
                },
                color: { condition: { test: fill.dark, value: "#ffffff" }, value: "#222222" },
                ...opacity,
              },
            },
          ]),
    ],
  } satisfies TopLevelSpec;
  const words = heatmapAlt(cells, rows.map(visible), columns.map(visible), {
    value,
    rowName,
    columnName,
  });
  const title = options.title ?? words.title;
  const click =
    options.selectRow === true ? [" A click on a row keeps it and fades the others."] : [];
  return chart(title, body, `Heat map: ${title}. ${words.alt}${click.join("")}`);
}
