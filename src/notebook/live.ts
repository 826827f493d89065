/**
 * A chart that grows while the work goes on.
 *
 * Source:  https://vega.github.io/vega-lite/docs/spec.html
 * Chapter: notebooks/00-start.ipynb
 */
import type { Chart } from "../plot/chart.ts";
import { InPlace } from "./in-place.ts";
import { chartBundle, draftBundle } from "./show.ts";

/** The handle of a chart that is redrawn in place. */
export interface LiveChart {
  /** Shows a newer chart in the place of the last one, at most five times a second. */
  update(chart: Chart): void;
  /** Shows the last chart in full, with its picture; `each` calls this at its end. */
  done(): Promise<void>;
}

/** A place below the running cell for a chart that changes; the first `update` opens it. */
export function liveChart(): LiveChart {
  const output = new InPlace<Chart>({ draft: draftBundle, final: chartBundle });
  return {
    update: (chart) => output.update(chart),
    done: () => output.settle(),
  };
}
