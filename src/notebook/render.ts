/**
 * From a chart to the bytes of a PNG, without a browser.
 *
 *   chart ── Vega-Lite ──> Vega ── View ──> SVG ── resvg ──> PNG, two pixels for one
 *
 * The libraries are loaded at the first picture, which takes a fifth of a second longer for it. The same chart
 * always gives the same bytes.
 *
 * Source:  https://vega.github.io/vega/docs/api/view and https://github.com/thx/resvg-js
 * Chapter: notebooks/00-start.ipynb
 */
import type { TopLevelSpec } from "vega-lite";

import type { Chart } from "../plot/chart.ts";
import { fontsFor, type FontSet } from "./fonts.ts";
import { encodePng } from "./png.ts";

/** A picture and its size as it should be shown; the file has twice as many pixels each way. */
export interface Picture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Pixels of the file for one on the page: letters stay sharp on dense screens. */
const SCALE = 2;

/** How Vega asks for the width of a text; its own estimate without a canvas is a third too wide. */
interface Measuring {
  textMetrics: { width: (item: TextItem, text: string | number | null | undefined) => number };
}

/** The part of Vega's text items that decides their width; `limit` is where a text is cut off, if not 0. */
interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly limit?: number;
}

/** Room around the drawing, in pixels. */
const PADDING = 8;

/** The chart as a PNG on white; what sliders and clicks would change is at its start. */
export function renderPng(chart: Chart): Promise<Picture> {
  const picture = queue.then(() => render(chart));
  queue = picture.catch(() => undefined);
  return picture;
}

// One after the other: how wide letters are is one setting for all of Vega.
let queue: Promise<unknown> = Promise.resolve();

async function render(chart: Chart): Promise<Picture> {
  const fonts = fontsFor(JSON.stringify(chart.spec));
  const [svg, { renderAsync }] = await Promise.all([
    drawSvg(chart, fonts),
    import("@resvg/resvg-js"),
  ]);
  const image = await renderAsync(svg, {
    background: "white",
    fitTo: { mode: "zoom", value: SCALE },
    font: {
      loadSystemFonts: false,
      fontFiles: [...fonts.files],
      defaultFontFamily: fonts.family,
      sansSerifFamily: fonts.family,
    },
  });
  return {
    png: encodePng(image.pixels, image.width, image.height),
    width: image.width / SCALE,
    height: image.height / SCALE,
  };
}

async function drawSvg(chart: Chart, fonts: FontSet): Promise<string> {
  const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  (vega as unknown as Measuring).textMetrics.width = (
    { fontSize = 11, fontWeight, limit = 0 },
    text,
  ) => {
    const width = fonts.width(String(text ?? "").trim(), fontSize, isBold(fontWeight));
    return limit > 0 ? Math.min(width, limit) : width;
  };
  const { spec } = compile({ padding: PADDING, ...chart.spec } as TopLevelSpec);
  const view = new vega.View(vega.parse(spec), { renderer: "none" });
  try {
    await view.runAsync();
    const svg = await view.toSVG();
    // The minus sign of a Chinese font is as wide as a Chinese character and reads as a dash.
    return fonts.wideMinus ? svg.replace(/\u2212(?=[\d.])/g, "-") : svg;
  } finally {
    view.finalize();
  }
}

function isBold(weight: unknown): boolean {
  return weight === "bold" || Number(weight) >= 600;
}
