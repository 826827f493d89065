/**
 * What a bar chart says in words: how many, the largest and the smallest.
 *
 * Source:  https://www.w3.org/WAI/tutorials/images/complex
 * Chapter: notebooks/00-start.ipynb
 */
import { axisTitle, type AxisName } from "./chart.ts";
import { count, say } from "./numbers.ts";

/** One bar: its name, its amount, and the number behind it that sliders work on. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly raw: number;
}

/** So few bars are all read out. */
const FEW = 6;

/** The title when the caller gives none: which is the largest, and how large unless a slider changes that. */
export function barsTitle(
  bars: readonly Bar[],
  value: AxisName,
  label: string,
  changes = false,
): string {
  const most = largestFirst(bars)[0];
  if (changes) return `How the ${axisTitle(value)} of each ${label} changes`;
  return `The ${label} with the largest ${axisTitle(value)}: ${most === undefined ? "none" : spoken(most)}`;
}

/** What is drawn, then every bar when they are few, else the ends of the order. */
export function barsAlt(
  title: string,
  bars: readonly Bar[],
  all: number,
  order: "largest" | "given",
  { value, label }: { readonly value: AxisName; readonly label: string },
): string {
  const sorted = largestFirst(bars);
  const values =
    bars.length <= FEW
      ? `${bars.map(spoken).join(", ")}.`
      : `Largest: ${sorted.slice(0, 3).map(spoken).join(", ")}; smallest: ${sorted.slice(-1).map(spoken).join("")}.`;
  const cut = `Only the ${order === "largest" ? "largest" : "first"} ${say(bars.length)} of ${say(all)} are drawn.`;
  return [
    `Bar chart: ${title}.`,
    `${axisTitle(value)} of ${count(bars.length, "bar")}, by ${label}${order === "largest" ? ", largest first" : ""}.`,
    values,
    ...(bars.length < all ? [cut] : []),
  ].join(" ");
}

function largestFirst(bars: readonly Bar[]): Bar[] {
  return [...bars].sort((a, b) => b.value - a.value);
}

function spoken({ name, value }: Bar): string {
  return `“${name}” ${say(value)}`;
}
