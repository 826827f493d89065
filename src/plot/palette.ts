/**
 * The colours of all charts.
 *
 * Six colours for things that differ in kind, one scale for amounts and one for signed amounts.
 * The six keep apart for the three forms of colour blindness and have a contrast of at least 2.4
 * to 1 on white and on JupyterLab's dark #333 (both measured in a test); lines also differ in dash.
 *
 * Source:  colour vision model of Machado et al. (2009), https://doi.org/10.1109/TVCG.2009.113
 * Chapter: notebooks/00-start.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { rounded } from "./numbers.ts";

/** Blue, orange, pink, teal, brown, lilac: a series takes the colour of its place. */
export const series: readonly string[] = [
  "#2372d9",
  "#f08426",
  "#d91a6f",
  "#3fb3b0",
  "#946425",
  "#b597f5",
];

/** The dashes of lines, in the order of `series`: on and off, in pixels. */
export const dashes: readonly (readonly number[])[] = [
  [1, 0],
  [7, 3],
  [2, 2],
  [10, 3, 2, 3],
  [4, 4],
  [1, 3],
];

/** The part of a Vega-Lite scale that turns a value into a fill. */
export interface FillScale {
  domain: number[];
  range: string[];
  clamp: boolean;
}

/**
 * The colour of letters on the bare background: white where it is dark.
 *
 * `background` is a signal that Vega always has; JupyterLab's dark theme sets it.
 */
export const ink: { readonly expr: string } = {
  expr: "background && luminance(background) < 0.3 ? '#ffffff' : '#222222'",
};

/** How cells and boxes are filled by their value, and when letters on them must be white. */
export interface Fill {
  readonly scale: FillScale;
  /** A Vega expression of `datum.v`: is the fill dark? */
  readonly dark: string;
}

/** From white to dark blue, and from blue over white to brown: five stops each, evenly spaced. */
const amounts = ["#f7fbff", "#c6dbef", "#6baed6", "#2171b5", "#08306b"];
const signed = ["#134b8a", "#7db7dc", "#f7f7f7", "#f3b066", "#8a3f04"];

/** Above these parts of the scales white letters are easier to read than black ones. */
const AMOUNT_DARK = 0.65;
const SIGNED_DARK = 0.7;

/** White to blue between 0 and the largest value; where some are negative, two colours, even on both sides of a white 0; throws a `ConfigError` for a domain that is not [low, high]. */
export function fillFor(values: readonly number[], domain?: readonly [number, number]): Fill {
  const least = values.reduce((a, b) => Math.min(a, b), 0);
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  const reach = Math.max(-least, most) || 1;
  const [low, high] = domain ?? (least < 0 ? [-reach, reach] : [0, reach]);
  if (!(low < high))
    throw new ConfigError(
      `domain: expected [low, high] with low < high, got [${String(low)}, ${String(high)}]; leave it out to fit the data`,
    );
  const range = low < 0 ? signed : amounts;
  const stops = range.map((_, i) => rounded(low + ((high - low) * i) / (range.length - 1)));
  const middle = (low + high) / 2;
  const dark =
    low < 0
      ? `abs(datum.v - ${String(rounded(middle))}) > ${String(rounded((SIGNED_DARK * (high - low)) / 2))}`
      : `datum.v > ${String(rounded(low + AMOUNT_DARK * (high - low)))}`;
  return { scale: { domain: stops, range, clamp: true }, dark };
}
