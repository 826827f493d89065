/**
 * Bars: one amount for each word, largest first, with the amount written at its end.
 *
 * Words lie beside horizontal bars, where they can be read; numbers (lengths, digits, positions) stand
 * below vertical bars in their own order.
 *
 * Source:  https://vega.github.io/vega-lite/docs/bar.html
 * Chapter: notebooks/00-start.ipynb
 */
import type { TopLevelSpec } from "vega-lite";

import { barsAlt, barsTitle, type Bar } from "./bars-words.ts";
import { axisOf, axisTitle, chart, WIDTH, type AxisName, type Chart } from "./chart.ts";
import { finiteNumbers, names, sameLength } from "./expect.ts";
import { formatFor, rounded, say } from "./numbers.ts";
import { ink, series as colors } from "./palette.ts";
import { recomputeSteps, type Recompute } from "./recompute.ts";
import { sliderParameter, sliderWords } from "./slider.ts";
import { textWidth } from "./text-size.ts";
import { visibleName } from "./visible.ts";

/** Amounts by name: an object, a Map, or a list of pairs. */
export type Amounts = Readonly<Record<string, number>> | Iterable<readonly [string, number]>;

export interface BarsOptions {
  /** A sentence that says what is seen. Default: computed from the data. */
  readonly title?: string;
  /** What the amounts are. */
  readonly value: AxisName;
  /** What the names are, such as "word". */
  readonly label: string;
  /** Default: largest first for words, as given for numbers. */
  readonly order?: "largest" | "given";
  /** The most bars that are drawn. Default: 30 for words, 60 for numbers. */
  readonly most?: number;
  /** Sliders that change the bars. Default: none. */
  readonly recompute?: Recompute;
}

/** Pixels from one horizontal bar to the next, and of the drawing with vertical bars. */
const STEP = 22;
const HEIGHT = 260;

/** The most bars that a reader still reads, lying and standing. */
const MOST = 30;
const MOST_UPRIGHT = 60;

/** Pixels of height of the letters of amounts. */
const FONT = 11;

/** Bar chart; throws a `DataError` for amounts or names that cannot be drawn. */
export function bars(amounts: Amounts, options: BarsOptions): Chart {
  const { label, value, recompute } = options;
  const all = check(amounts, label, recompute);
  const upright = all.every(({ name }) => name.trim() !== "" && Number.isFinite(Number(name)));
  const order = options.order ?? (upright ? "given" : "largest");
  if (order === "largest") all.sort((a, b) => b.value - a.value);
  const shown = all.slice(0, options.most ?? (upright ? MOST_UPRIGHT : MOST));

  // Names may occur twice: a bar's place is its number, and the axis writes the name.
  const place = {
    field: "i",
    type: "ordinal",
    title: label,
    axis: {
      labelExpr: `${JSON.stringify(shown.map(({ name }) => name))}[datum.value]`,
      labelAngle: 0,
      labelLimit: 160,
      labelOverlap: upright,
      ticks: false,
      labelPadding: 6,
      domain: false,
    },
    scale: { paddingInner: 0.25, paddingOuter: 0.15 },
  } as const;
  const length = {
    field: "v",
    type: "quantitative",
    title: axisTitle(value),
    // Room behind a full bar for its number.
    scale: recompute?.share === true ? { domain: [0, 1.12] } : {},
    axis: recompute?.share === true ? { values: [0, 0.2, 0.4, 0.6, 0.8, 1] } : { tickCount: 5 },
  } as const;
  const written = {
    field: "v",
    type: "quantitative",
    format: recompute?.share === true ? ".3f" : formatFor(all.map((bar) => bar.value)),
  } as const;
  const tooltip = [
    { field: "name", type: "nominal", title: label },
    { field: "v", type: "quantitative", title: axisOf(value).name },
  ] as const;
  const drawnOnly =
    shown.length < all.length ? [{ filter: `datum.i < ${String(shown.length)}` }] : [];
  const text = { type: "text", color: ink, fontSize: FONT } as const;
  const widest = Math.max(...shown.map((bar) => textWidth(say(bar.value), FONT)));
  const room = !upright || widest <= WIDTH / shown.length;
  const standing = {
    mark: { ...text, dy: { expr: "datum.v < 0 ? 8 : -8" } },
    encoding: { x: place, y: length, text: written },
  } as const;
  const lying = {
    mark: {
      ...text,
      align: { expr: "datum.v < 0 ? 'right' : 'left'" },
      dx: { expr: "datum.v < 0 ? -4 : 4" },
    },
    encoding: { x: length, y: place, text: written },
  } as const;

  const body = {
    width: WIDTH,
    height: upright ? HEIGHT : { step: STEP },
    data: {
      // A share is a part of all amounts, drawn or not.
      values: (recompute === undefined ? shown : all).map((bar, i) =>
        row(bar, i, recompute !== undefined),
      ),
    },
    params: (recompute?.sliders ?? []).map(sliderParameter),
    transform: recompute === undefined ? [] : [...recomputeSteps(recompute), ...drawnOnly],
    layer: [
      {
        mark: { type: "bar", color: colors[0] ?? "" },
        encoding: {
          x: upright ? place : length,
          y: upright ? length : place,
          tooltip: [...tooltip],
        },
      },
      ...(room ? [upright ? standing : lying] : []),
    ],
  } satisfies TopLevelSpec;
  const title = options.title ?? barsTitle(shown, value, label, recompute !== undefined);
  const words = [
    barsAlt(title, shown, all.length, order, options),
    ...(recompute?.sliders ?? []).map(sliderWords),
  ];
  return chart(title, body, words.join(" "));
}

/** The names and amounts as a list of pairs, in the caller's order. */
export function pairsOf(amounts: Amounts): (readonly [string, number])[] {
  return Symbol.iterator in amounts
    ? [...(amounts as Iterable<readonly [string, number]>)]
    : Object.entries(amounts);
}

function check(amounts: Amounts, label: string, recompute: Recompute | undefined): Bar[] {
  const pairs = pairsOf(amounts);
  const values = finiteNumbers(
    `bars by ${label}`,
    pairs.map(([, value]) => value),
  );
  names(
    `bars by ${label}: names`,
    pairs.map(([name]) => name),
  );
  const raw =
    recompute === undefined
      ? values
      : finiteNumbers(`bars by ${label}: recompute.raw`, recompute.raw);
  sameLength(`bars by ${label}: recompute.raw`, raw, pairs.length, "bar");
  return pairs.map(([name, value], i) => ({ name: visibleName(name), value, raw: raw[i] ?? 0 }));
}

function row(
  { name, value, raw }: Bar,
  i: number,
  moving: boolean,
): Record<string, number | string> {
  return moving ? { i, name, raw: rounded(raw) } : { i, name, v: rounded(value) };
}
