/**
 * Who looks at whom, head by head: the words twice, lines between them, thick where the weight is large.
 *
 * The left column looks, the right one is looked at. A click on a word of the left column keeps its lines, in every
 * head at once, without the kernel.
 *
 * Source:  the head view of BertViz, Vig (2019), https://arxiv.org/abs/1906.05714
 * Chapter: notebooks/08-attention.ipynb
 */
import type { TopLevelSpec } from "vega-lite";

import { attentionLinesAlt } from "./attention-lines-words.ts";
import { chart, WIDTH, type Chart } from "./chart.ts";
import { ConfigError, DataError } from "../core/errors.ts";
import { finiteNumbers, names, sameLength } from "./expect.ts";
import { rounded } from "./numbers.ts";
import { ink, series as colors } from "./palette.ts";
import { visibleTokens } from "./visible.ts";

export interface AttentionLinesOptions {
  /** What stands above each head. Default: "head 1", "head 2" … */
  readonly headNames?: readonly string[];
  /** A sentence that says what is seen. Default: "Click a word on the left to see what it looks at". */
  readonly title?: string;
  /** The word of the left column that is chosen at first, counted from 0. Default: none, all lines are drawn. */
  readonly start?: number;
}

/** The most words: each is a row. And the most heads. */
const MOST_WORDS = 32;
const MOST_HEADS = 8;

/** Pixels: a row, the room above each head for its name, the gap between two heads, the width of a column of words. */
const ROW = 20;
const HEAD = 26;
const GAP = 24;
const COLUMN = 78;

/** Pixels of the thickest line, and the weight below which none is drawn. */
const THICKEST = 7;
const FAINT = 0.02;

const FONT = 12;

/** Lines of `heads[head][from][to]`, weights from 0 to 1, two heads a row; throws a `ShapeError` unless each head is square over the words. */
export function attentionLines(
  words: readonly string[],
  heads: ArrayLike<ArrayLike<ArrayLike<number>>>,
  options: AttentionLinesOptions = {},
): Chart {
  const shown = visibleTokens("attentionLines", words, MOST_WORDS);
  const weights = checkedHeads(words, heads);
  const { headNames = weights.map((_, h) => `head ${String(h + 1)}`), start } = options;
  names("attentionLines headNames", headNames);
  sameLength("attentionLines headNames", headNames, weights.length, "head");
  if (start !== undefined && words[start] === undefined)
    throw new ConfigError(
      `attentionLines: expected start between 0 and ${String(words.length - 1)}, got ${String(start)}; words count from 0`,
    );

  const columns = Math.min(2, weights.length);
  const panel = (WIDTH - GAP) / 2;
  const tall = HEAD + words.length * ROW + GAP / 2;
  const places = weights.map((_, h) => ({
    left: (h % columns) * (panel + GAP),
    top: Math.floor(h / columns) * tall,
  }));
  const middle = (h: number, i: number): number => places[h]!.top + HEAD + (i + 0.5) * ROW;
  const width = columns * panel + (columns - 1) * GAP;
  const height = Math.ceil(weights.length / columns) * tall;

  const scaleX = { domain: [0, width] as number[], nice: false };
  const scaleY = { domain: [height, 0] as number[], nice: false };
  const x = { field: "x", type: "quantitative", axis: null, scale: scaleX } as const;
  const y = { field: "y", type: "quantitative", axis: null, scale: scaleY } as const;
  const isChosen = `(isValid(from.i) ? from.i[0] : ${String(start ?? -1)})`;
  const drawn = `${isChosen} === -1 || ${isChosen} === datum.i`;
  const entries = weights.flatMap((_, h) => shown.map((word, i) => ({ h, i, word })));
  const side = (which: "left" | "right") =>
    entries.map(({ h, i, word }) => {
      const edge = places[h]!.left + (which === "left" ? COLUMN - 6 : panel - COLUMN + 6);
      return { i, w: word, x: edge, y: middle(h, i) };
    });

  const body = {
    width,
    height,
    layer: [
      {
        data: {
          values: places.map(({ left, top }, h) => ({
            w: headNames[h],
            x: left + panel / 2,
            y: top + 10,
          })),
        },
        mark: { type: "text", fontSize: FONT, fontWeight: 600 },
        encoding: { x, y, text: { field: "w", type: "nominal" }, color: { value: ink } },
      },
      {
        data: { values: lines(weights, places, { middle, panel }) },
        transform: [
          { calculate: `${JSON.stringify(shown)}[datum.i]`, as: "from" },
          { calculate: `${JSON.stringify(shown)}[datum.j]`, as: "to" },
        ],
        mark: { type: "rule", strokeCap: "round" },
        encoding: {
          x,
          y,
          x2: { field: "x2" },
          y2: { field: "y2" },
          strokeWidth: {
            field: "v",
            type: "quantitative",
            legend: null,
            scale: { domain: [0, 1], range: [0, THICKEST] },
          },
          color: {
            field: "h",
            type: "ordinal",
            legend: null,
            scale: {
              domain: weights.map((_, h) => h),
              range: weights.map((_, h) => colors[h % colors.length] as string),
            },
          },
          opacity: { condition: { test: drawn, value: 0.75 }, value: 0.04 },
          tooltip: [
            { field: "from", type: "nominal", title: "from" },
            { field: "to", type: "nominal", title: "to" },
            { field: "v", type: "quantitative", title: "weight" },
          ],
        },
      },
      {
        // What can be clicked: a box as wide as the column, so that short words are no smaller target.
        data: {
          values: side("left").map(({ i, x: right, y: at }) => ({
            i,
            x: right - COLUMN + 6,
            x2: right + 4,
            y: at - ROW / 2,
            y2: at + ROW / 2,
          })),
        },
        params: [{ name: "from", select: { type: "point", fields: ["i"], toggle: false } }],
        mark: { type: "rect", cornerRadius: 3, cursor: "pointer" },
        encoding: {
          x,
          y,
          x2: { field: "x2" },
          y2: { field: "y2" },
          color: { value: colors[1] ?? "" },
          fillOpacity: { condition: { test: `${isChosen} === datum.i`, value: 0.35 }, value: 0 },
        },
      },
      {
        data: { values: side("left") },
        mark: { type: "text", fontSize: FONT, align: "right", limit: COLUMN - 8 },
        encoding: { x, y, text: { field: "w", type: "nominal" }, color: { value: ink } },
      },
      {
        data: { values: side("right") },
        mark: { type: "text", fontSize: FONT, align: "left", limit: COLUMN - 8 },
        encoding: { x, y, text: { field: "w", type: "nominal" }, color: { value: ink } },
      },
    ],
  } satisfies TopLevelSpec;
  const title = options.title ?? "Click a word on the left to see what it looks at";
  return chart(title, body, attentionLinesAlt(title, shown, weights, { headNames, start }));
}

interface Place {
  readonly left: number;
  readonly top: number;
}

/** One line for each weight that can be seen. */
function lines(
  weights: readonly (readonly (readonly number[])[])[],
  places: readonly Place[],
  { middle, panel }: { readonly middle: (h: number, i: number) => number; readonly panel: number },
): readonly Readonly<Record<string, number>>[] {
  return weights.flatMap((head, h) =>
    head.flatMap((row, i) =>
      row.flatMap((weight, to) => {
        if (weight < FAINT) return [];
        const { left } = places[h]!;
        const ends = {
          x: left + COLUMN,
          y: middle(h, i),
          x2: left + panel - COLUMN,
          y2: middle(h, to),
        };
        return [{ h, i, j: to, v: rounded(weight), ...ends }];
      }),
    ),
  );
}

function checkedHeads(
  words: readonly string[],
  heads: ArrayLike<ArrayLike<ArrayLike<number>>>,
): number[][][] {
  if (heads.length === 0 || heads.length > MOST_HEADS)
    throw new DataError(
      `attentionLines: expected 1 to ${String(MOST_HEADS)} heads, got ${String(heads.length)}; draw a part`,
    );
  return Array.from(heads, (rows, h) => {
    const who = `attentionLines head ${String(h)}`;
    sameLength(who, rows, words.length, "word");
    return Array.from(rows, (row, i) => {
      sameLength(`${who} row ${String(i)}`, row, words.length, "word");
      const numbers = finiteNumbers(`${who} row ${String(i)}`, row);
      const bad = numbers.find((weight) => weight < 0 || weight > 1.001);
      if (bad === undefined) return numbers;
      throw new DataError(
        `${who} row ${String(i)}: expected weights from 0 to 1, got ${String(bad)}; these are what softmax gives, not scores`,
      );
    });
  });
}
