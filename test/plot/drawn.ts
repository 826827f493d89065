import type { TopLevelSpec } from "vega-lite";
import { compile } from "vega-lite";
import * as vega from "vega";

import type { Chart } from "../../src/plot/chart.ts";

/** The chart as Vega runs it, without a picture: its signals, data and scales can be read and set. */
export async function drawn(chart: Chart): Promise<vega.View> {
  const { spec } = compile(chart.spec as unknown as TopLevelSpec);
  const view = new vega.View(vega.parse(spec), { renderer: "none" });
  return view.runAsync();
}

interface Mark {
  readonly marktype: string;
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

/** All drawn things of one kind ("rect", "text", "symbol", "line" …), in order. */
export function marks(view: vega.View, kind: string): Readonly<Record<string, unknown>>[] {
  const found: Readonly<Record<string, unknown>>[] = [];
  const visit = (mark: Mark): void => {
    for (const item of mark.items) {
      if (mark.marktype === kind) found.push(item);
      for (const inner of (item["items"] ?? []) as Mark[]) visit(inner);
    }
  };
  visit((view.scenegraph() as unknown as { root: Mark }).root);
  return found;
}

/** Every text that is drawn. */
export function texts(view: vega.View): string[] {
  return marks(view, "text").flatMap(({ text }) =>
    Array.isArray(text) ? text.map(String) : [String(text)],
  );
}
