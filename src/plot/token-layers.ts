/**
 * The drawing of a token strip: boxes, the word in each, its number below.
 *
 * Every row of the data has a word `w`, a place and a number `v`; `tokens.ts` writes the numbers into
 * the data, `token-links.ts` lets a click choose them.
 *
 * Source:  https://vega.github.io/vega-lite/docs/rect.html
 * Chapter: notebooks/00-start.ipynb
 */
import type { TopLevelSpec } from "vega-lite";

import { WIDTH } from "./chart.ts";
import { series as colors, type Fill } from "./palette.ts";
import { BOX_HEIGHT, tokenBoxes } from "./token-boxes.ts";

/** What a strip is made of. */
export interface Strip {
  readonly words: readonly string[];
  /** The fields of each box beside its word and place. */
  readonly fields: readonly Readonly<Record<string, unknown>>[];
  /** What the numbers are. */
  readonly value: string;
  /** How a number colours its box. Default: all boxes alike, for numbers that are names. */
  readonly fill?: Fill;
  /** The d3 format of the numbers. */
  readonly format: string;
  /** A Vega expression: is this box the chosen one? With it, boxes can be clicked. Default: none. */
  readonly chosen?: string;
  /** What computes `v`, where it is not in the data. Default: nothing. */
  readonly transform?: readonly { calculate: string; as: string }[];
}

/** The most boxes of one strip. */
export const MOST_TOKENS = 500;

/** Pixels of height of the letters of words and of numbers, and of their middles below the box's top edge. */
const WORD_FONT = 13;
const NUMBER_FONT = 9;
const WORD_AT = 13;
const NUMBER_AT = 28;

/** The colour of boxes whose numbers are names. */
const ALIKE = "#eef3fa";

/** The name of the click's parameter: its field `k` is the number of the box that was clicked. */
export const CLICK = "word";

/** The strip as the body of a specification. */
export function stripBody(strip: Strip): Readonly<Record<string, unknown>> {
  const boxes = tokenBoxes(strip.words, WORD_FONT, WIDTH);
  const height = Math.max(...boxes.map(({ y }) => y)) + BOX_HEIGHT;
  const across: number[] = [0, WIDTH];
  const down: number[] = [height, 0];
  const x = {
    field: "x",
    type: "quantitative",
    axis: null,
    scale: { domain: across, nice: false },
  } as const;
  const y = {
    field: "y",
    type: "quantitative",
    axis: null,
    scale: { domain: down, nice: false },
  } as const;
  const middle = { ...x, field: "middle" } as const;
  const { chosen, fill } = strip;
  const ink =
    fill === undefined
      ? ({ value: "#222222" } as const)
      : ({ condition: { test: fill.dark, value: "#ffffff" }, value: "#222222" } as const);
  const edge =
    chosen === undefined
      ? ({ stroke: { value: "#888888" }, strokeWidth: { value: 0.5 } } as const)
      : ({
          stroke: { condition: { test: chosen, value: colors[1] ?? "" }, value: "#888888" },
          strokeWidth: { condition: { test: chosen, value: 3 }, value: 0.5 },
        } as const);
  return {
    width: WIDTH,
    height,
    data: { values: boxes.map((box, k) => ({ w: strip.words[k], ...box, ...strip.fields[k] })) },
    transform: [
      { calculate: "datum.x + datum.width", as: "x2" },
      { calculate: "datum.x + datum.width / 2", as: "middle" },
      { calculate: `datum.y + ${String(BOX_HEIGHT)}`, as: "y2" },
      ...(strip.transform ?? []),
    ],
    layer: [
      {
        params:
          chosen === undefined
            ? []
            : [{ name: CLICK, select: { type: "point", fields: ["k"], toggle: false } }],
        mark: { type: "rect", cornerRadius: 3 },
        encoding: {
          x,
          x2: { field: "x2" },
          y,
          y2: { field: "y2" },
          ...edge,
          color: fill === undefined ? { value: ALIKE } : coloured(strip.value, fill),
          tooltip: [
            { field: "w", type: "nominal", title: "token" },
            { field: "v", type: "quantitative", title: strip.value },
          ],
        },
      },
      {
        mark: { type: "text", fontSize: WORD_FONT, dy: WORD_AT, limit: WIDTH - 8 },
        encoding: { x: middle, y, text: { field: "w", type: "nominal" }, color: ink },
      },
      {
        mark: { type: "text", fontSize: NUMBER_FONT, dy: NUMBER_AT },
        encoding: {
          x: middle,
          y,
          text: { field: "v", type: "quantitative", format: strip.format },
          color: ink,
        },
      },
    ],
  } satisfies TopLevelSpec;
}

/** The box's colour by its number, with a legend below the strip. */
function coloured(title: string, { scale }: Fill) {
  return {
    field: "v",
    type: "quantitative",
    title,
    scale,
    legend: {
      orient: "bottom",
      direction: "horizontal",
      gradientLength: 160,
      tickCount: 3,
      format: "~g",
    },
  } as const;
}
