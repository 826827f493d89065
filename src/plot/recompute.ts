/**
 * Bars that follow sliders: what the reader's browser computes anew at each move.
 *
 * The caller gives the numbers behind the bars and one formula; the bars that are printed are the
 * caller's own, so a mistake in the formula shows as a jump at the first touch. A test compares them.
 *
 * Source:  https://vega.github.io/vega/docs/expressions
 * Chapter: notebooks/00-start.ipynb
 */
import type { Slider } from "./slider.ts";

/** How bars follow sliders. */
export interface Recompute {
  readonly sliders: readonly Slider[];
  /** A Vega expression of `datum.raw` and the names of the sliders; at their start it gives the amounts. */
  readonly expression: string;
  /** What the expression works on: one number for each amount, in the caller's order. */
  readonly raw: ArrayLike<number>;
  /** Divide each result by the sum of all, as a probability needs. Default: false. */
  readonly share?: boolean;
  /** Before that, make the smallest 0. Default: keep all. */
  readonly cut?: Cut;
}

/** Which amounts stay, by the names of two sliders. */
export interface Cut {
  /** So many of the largest. */
  readonly count: string;
  /** Of these the fewest whose shares reach this much together. */
  readonly mass: string;
}

/** One step of a Vega-Lite transform. */
export type Step =
  | { calculate: string; as: string }
  | { joinaggregate: Sum[] }
  | { window: (Sum | { op: "row_number"; as: string })[]; sort: Order[]; frame: [null, number] };

interface Sum {
  op: "sum";
  field: string;
  as: string;
}

interface Order {
  field: string;
  order: "ascending" | "descending";
}

/** The steps that make the field `v` of each row from its field `raw`. */
export function recomputeSteps({ expression, share = false, cut }: Recompute): Step[] {
  const result = cut !== undefined || share ? "part" : "v";
  return [
    { calculate: expression, as: result },
    ...(cut === undefined ? [] : cutSteps(cut)),
    ...(share ? shareSteps("v") : []),
  ];
}

function shareSteps(as: string): Step[] {
  return [
    { joinaggregate: [{ op: "sum", field: "part", as: "whole" }] },
    { calculate: "datum.part / datum.whole", as },
  ];
}

/** First by count, then by mass: the place of a row in the order of size, then the sum of the shares up to it. */
function cutSteps({ count, mass }: Cut): Step[] {
  const sort: Order[] = [
    { field: "part", order: "descending" },
    { field: "i", order: "ascending" },
  ];
  const upToHere: [null, number] = [null, 0];
  return [
    { window: [{ op: "row_number", as: "place" }], sort, frame: upToHere },
    { calculate: `datum.place <= ${count} ? datum.part : 0`, as: "part" },
    ...shareSteps("own"),
    { window: [{ op: "sum", field: "own", as: "reached" }], sort, frame: upToHere },
    { calculate: `datum.reached - datum.own < ${mass} ? datum.part : 0`, as: "part" },
  ];
}
