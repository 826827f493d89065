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
}

/** One step of a Vega-Lite transform. */
export type Step =
  { calculate: string; as: string } | { joinaggregate: { op: "sum"; field: string; as: string }[] };

/** The steps that make the field `v` of each row from its field `raw`. */
export function recomputeSteps({ expression, share = false }: Recompute): Step[] {
  if (!share) return [{ calculate: expression, as: "v" }];
  return [
    { calculate: expression, as: "part" },
    { joinaggregate: [{ op: "sum", field: "part", as: "whole" }] },
    { calculate: "datum.part / datum.whole", as: "v" },
  ];
}
