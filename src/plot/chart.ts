/**
 * What every picture of this library is: a Vega-Lite specification and the words that say the same.
 *
 * A chart is data. It can be shown (`show` of notebook/show), written to a file or compared in a
 * test. JupyterLab draws the specification itself, so that sliders and clicks work without the kernel.
 *
 * Source:  https://vega.github.io/vega-lite/docs/spec.html#top-level
 * Chapter: notebooks/00-start.ipynb
 */
import type { Config } from "vega-lite";

import { wrapLines } from "./text-size.ts";

/** A picture: its Vega-Lite specification, and in `alt` what one would tell somebody who cannot see it. */
export interface Chart {
  readonly spec: Readonly<Record<string, unknown>>;
  readonly alt: string;
}

/** The name of an axis, with its unit. */
export interface Axis {
  readonly name: string;
  /** Shown in parentheses behind the name: "nats per token", "s", "tokens". */
  readonly unit?: string;
  /** A logarithmic scale; all values must be above 0. Default: false. */
  readonly log?: boolean;
}

/** An axis, or its bare name where the numbers have no unit. */
export type AxisName = string | Axis;

/** The MIME type by which JupyterLab 4 and VS Code know a Vega-Lite specification. */
export const VEGA_LITE = "application/vnd.vegalite.v5+json";

/** The width of the drawing area of every chart, in pixels. */
export const WIDTH = 480;

/** Pixels between a title and the drawing. */
const TITLE_GAP = 12;

/** Pixels of height of the letters of a title, of axis names and of labels. */
const TITLE_SIZE = 14;
const NAME_SIZE = 12;
const LABEL_SIZE = 11;

// Greys that are seen on white and on the #333 that JupyterLab's dark theme puts behind a chart.
// Colours of letters are left to the theme.
const config = {
  view: { stroke: null },
  axis: {
    gridColor: "#888888",
    gridOpacity: 0.25,
    domainColor: "#888888",
    tickColor: "#888888",
    labelFontSize: LABEL_SIZE,
    titleFontSize: NAME_SIZE,
    titleFontWeight: "normal",
    titlePadding: 8,
    labelSeparation: 8,
  },
  legend: { labelFontSize: LABEL_SIZE, titleFontSize: LABEL_SIZE, titleFontWeight: "normal" },
} satisfies Config;

/** A chart from the parts of a specification: adds the schema, the title, the common look and the description. */
export function chart(title: string, body: Readonly<Record<string, unknown>>, alt: string): Chart {
  const whole: Chart = {
    spec: {
      // JupyterLab 4 draws with Vega-Lite 5, and nothing here is newer than that.
      $schema: "https://vega.github.io/schema/vega-lite/v5.json",
      description: alt,
      title: {
        text: wrapLines(title, TITLE_SIZE, WIDTH),
        anchor: "start",
        frame: "bounds",
        fontSize: TITLE_SIZE,
        fontWeight: 600,
        offset: TITLE_GAP,
      },
      config,
      ...body,
    },
    alt,
  };
  // Seen by our kernel when a chart is the last line of a cell; `show` adds a picture for other places.
  Object.defineProperty(whole, Symbol.for("Jupyter.display"), {
    value: () => ({ [VEGA_LITE]: whole.spec, "text/plain": alt }),
  });
  return whole;
}

/** An axis given by its name alone, in full. */
export function axisOf(axis: AxisName): Axis {
  return typeof axis === "string" ? { name: axis } : axis;
}

/** What stands beside an axis: "loss (nats per token)". */
export function axisTitle(axis: AxisName): string {
  const { name, unit } = axisOf(axis);
  return unit === undefined ? name : `${name} (${unit})`;
}
