/**
 * The scales and ticks of a line chart.
 *
 * Source:  https://vega.github.io/vega-lite/docs/scale.html
 * Chapter: notebooks/00-start.ipynb
 */
import type { Axis } from "./chart.ts";
import { rounded } from "./numbers.ts";

/** Lines need no 0, and a logarithmic axis ends where the data do; a single value stands in the middle. */
export function scaleOf(
  axis: Axis,
  values: readonly number[],
): { type: "log" | "linear"; zero?: false; nice?: false; domain?: number[] } {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  if (axis.log === true)
    return {
      type: "log",
      nice: false,
      ...(low < high ? {} : { domain: [rounded(low / 2), rounded(low * 2)] }),
    };
  const margin = Math.max(1, Math.abs(low) / 10);
  return {
    type: "linear",
    zero: false,
    ...(low < high ? {} : { domain: [rounded(low - margin), rounded(low + margin)] }),
  };
}

/** No ticks between whole numbers, such as step 1.5; over two decades of a logarithm, powers of ten alone. */
export function ticks(
  axis: Axis,
  values: readonly number[],
): { tickMinStep?: number; format?: string; values?: number[] } {
  if (axis.log !== true) return wholeNumbers(values);
  const exponents = values.map((value) => Math.log10(value));
  const first = Math.ceil(exponents.reduce((a, b) => Math.min(a, b)));
  const last = Math.floor(exponents.reduce((a, b) => Math.max(a, b)));
  if (last - first < 2) return {};
  return {
    values: Array.from({ length: last - first + 1 }, (_, i) => Number(`1e${String(first + i)}`)),
  };
}

/** So few whole numbers each have their tick: the Vega in JupyterLab knows no least step. */
const FEW = 8;

function wholeNumbers(values: readonly number[]): ReturnType<typeof ticks> {
  if (!values.every(Number.isInteger)) return {};
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  if (most - least > FEW) return { tickMinStep: 1 };
  return { values: Array.from({ length: most - least + 1 }, (_, i) => least + i), format: "d" };
}
