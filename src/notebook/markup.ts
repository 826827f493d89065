/**
 * Text that a notebook shows as HTML or as Markdown; the last line of a cell, or an argument of `show`.
 *
 * Source:  https://jupyterlab.readthedocs.io/en/stable/user/file_formats.html
 * Chapter: notebooks/00-start.ipynb
 */
import type { MimeBundle } from "../kernel/contract.ts";

/** Something that says itself how it is shown. */
export interface Shown {
  readonly bundle: MimeBundle;
}

const DISPLAY = Symbol.for("Jupyter.display");

/** HTML; `plain` is what a terminal shows instead, by default the HTML without its tags. */
export function html(source: string, plain: string = source.replace(/<[^>]*>/g, "")): Shown {
  return shown({ "text/html": source, "text/plain": plain });
}

/** Markdown, formulas in dollar signs among it; a terminal shows its source. */
export function markdown(source: string): Shown {
  return shown({ "text/markdown": source, "text/plain": source });
}

function shown(bundle: MimeBundle): Shown {
  const value: Shown = { bundle };
  Object.defineProperty(value, DISPLAY, { value: () => bundle });
  return value;
}
