/**
 * Shows a value below the cell: charts as pictures, records as a table, the rest as text.
 *
 * A chart goes out once with three representations: its specification, which JupyterLab draws so that
 * sliders work; a PNG for every place that draws no specification (GitHub, nbconvert, an editor);
 * its alt text for those who listen, and for `git diff`.
 *
 * Source:  https://jupyterlab.readthedocs.io/en/stable/user/file_formats.html
 * Chapter: notebooks/00-start.ipynb
 */
import { inspect } from "node:util";

import { isRecords, recordTable } from "../core/record-table.ts";
import type { MimeBundle } from "../kernel/contract.ts";
import { VEGA_LITE, type Chart } from "../plot/chart.ts";
import { renderPng } from "./render.ts";
import { put } from "./screen.ts";

/** By this name an object says how it is shown; our kernel asks for it as well. */
const DISPLAY = Symbol.for("Jupyter.display");

/** Shows a chart, a table (an array of records), an object with its own display, or anything as text; resolves once it is sent. */
export async function show(value: unknown): Promise<void> {
  if (isChart(value)) {
    const { bundle, metadata } = await chartBundle(value);
    put(bundle, { metadata });
    return;
  }
  put(await bundleOf(value));
}

/** A chart's three representations, and how large its picture is to be shown. */
export async function chartBundle(
  chart: Chart,
): Promise<{ bundle: MimeBundle; metadata: Readonly<Record<string, unknown>> }> {
  const { png, width, height } = await renderPng(chart);
  return {
    bundle: { ...draftBundle(chart), "image/png": Buffer.from(png).toString("base64") },
    // Jupyter's converters take the alternative text of a picture from here.
    metadata: {
      "image/png": { width: Math.round(width), height: Math.round(height), alt: chart.alt },
    },
  };
}

/** A chart without its picture, for states in between that are soon drawn over. */
export function draftBundle(chart: Chart): MimeBundle {
  return { [VEGA_LITE]: chart.spec, "text/plain": chart.alt };
}

/** Is this a chart of `src/plot`, or an object of the same form? */
export function isChart(value: unknown): value is Chart {
  return (
    typeof value === "object" &&
    value !== null &&
    "spec" in value &&
    typeof value.spec === "object" &&
    "alt" in value &&
    typeof value.alt === "string"
  );
}

async function bundleOf(value: unknown): Promise<MimeBundle> {
  const own = ownDisplay(value);
  if (own !== undefined) return (await own()) as MimeBundle;
  if (isRecords(value)) {
    const { html, text } = recordTable(value);
    return { "text/html": html, "text/plain": text };
  }
  return { "text/plain": typeof value === "string" ? value : inspect(value) };
}

function ownDisplay(value: unknown): (() => unknown) | undefined {
  if (typeof value !== "object" || value === null || !(DISPLAY in value)) return undefined;
  const method = value[DISPLAY];
  return typeof method === "function"
    ? () => Reflect.apply(method, value, []) as unknown
    : undefined;
}
