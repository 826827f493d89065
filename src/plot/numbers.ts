/**
 * Numbers as they stand in a chart and in the words beside it.
 *
 * Source:  https://d3js.org/d3-format
 * Chapter: notebooks/00-start.ipynb
 */

/** A number with at most 5 significant digits, as a specification keeps it; whole numbers stay whole. */
export function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(5));
}

/** A number in words: "14,431", "2.31", "0.00042", "1.2e-7". */
export function say(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return withCommas(String(value));
  if (Math.abs(value) >= 1000 && Math.abs(value) < 1e15) return withCommas(value.toFixed(0));
  const short = Number(value.toPrecision(3));
  return Math.abs(short) < 1e-4 || Math.abs(short) >= 1e15 ? short.toExponential() : String(short);
}

/** A count of things: "1 point", "12 points". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${say(n)} ${n === 1 ? one : many}`;
}

/** How Vega writes the values of one chart: the d3 format that suits them all. */
export function formatFor(values: readonly number[]): string {
  if (values.every(Number.isInteger)) return ",d";
  const most = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  if (most >= 1000) return ",.0f";
  // "~" drops zeros at the end, "g" keeps 3 digits that mean something.
  return ".3~g";
}

function withCommas(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}
