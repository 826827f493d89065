/**
 * What `glassbox measure` shows to a person: the experiments, the values of a seed, the spread of many.
 *
 * Source:  https://clig.dev/#output
 * Chapter: notebooks/01-tokens.ipynb
 */
import { isInside } from "../../core/band.ts";
import type { Band } from "../../core/band.ts";
import { median } from "../../core/median.ts";
import { recordTable } from "../../core/record-table.ts";
import type { MeasuredBands } from "../../experiments/bands.ts";
import type { Experiment, Values } from "../../experiments/experiment.ts";
import type { SeedEvent } from "../../experiments/measure/seeds.ts";
import { say } from "../../plot/numbers.ts";

/** Places across which a spread is drawn. */
const WIDTH = 41;

/** A line for each experiment, with what each of its values says below it. */
export function listTable(experiments: readonly Experiment[]): string {
  return experiments
    .map(({ name, chapter, seconds, values }) => {
      const says = Object.entries(values).map(
        ([value, { says, unit }]) => `  ${value}: ${says} (${unit})`,
      );
      return `${[`${name}, chapter ${chapter}, about ${seconds} s a seed`, ...says].join("\n")}\n`;
    })
    .join("");
}

/** A row for each value: what it is, its band, and on which side of it. */
export function valuesTable(
  experiment: Experiment,
  values: Values,
  bands: Readonly<Record<string, Band>>,
): string {
  const rows = Object.entries(bands).map(([value, band]) => ({
    value,
    measured: say(values[value] as number),
    unit: experiment.values[value]?.unit,
    band: `${say(band[0])} to ${say(band[1])}`,
    "": isInside(values[value] as number, band) ? "✓ inside" : "✗ outside",
  }));
  return `${recordTable(rows).text}\n`;
}

/** For each value the least, the median and the greatest, its band, and a line with a dot for each seed. */
export function spreadTable(
  experiment: Experiment,
  events: readonly SeedEvent[],
  bands: MeasuredBands | undefined,
): string {
  return Object.entries(experiment.values)
    .map(([value, { unit }]) => {
      const measured = events.map((event) => event.values[value] as number);
      const [least, greatest] = [Math.min(...measured), Math.max(...measured)];
      const band = bands?.values[value]?.band;
      const text = `${value} (${unit}): ${say(least)} to ${say(greatest)}, median ${say(median(measured))}`;
      const reach = band ?? [least, greatest];
      return [
        `${text}${band === undefined ? "" : `, band ${say(band[0])} to ${say(band[1])}`}`,
        `  ${say(reach[0])} ${strip(measured, reach)} ${say(reach[1])}`,
        "",
      ].join("\n");
    })
    .join("");
}

/** Where the seeds lie between two numbers: · none, • one, 2 to 9, and # for more. */
function strip(measured: readonly number[], [low, high]: Band): string {
  const counts = Array.from({ length: WIDTH }, () => 0);
  for (const value of measured) {
    const part = high === low ? 0.5 : (value - low) / (high - low);
    const place = Math.min(Math.max(Math.round(part * (WIDTH - 1)), 0), WIDTH - 1);
    counts[place] = (counts[place] as number) + 1;
  }
  return counts.map((n) => (n === 0 ? "·" : n === 1 ? "•" : n > 9 ? "#" : String(n))).join("");
}
