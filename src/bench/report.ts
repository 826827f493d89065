/**
 * The table of a benchmark: the machine, the versions, both sides, and how many times as fast ours is.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/01-tokens.ipynb
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";

import type { BenchmarkResult, BenchmarkTable, Comparison } from "./benchmark.ts";
import { summarize, type SideTimes } from "./rounds.ts";

/** What the times were measured on. */
export interface Machine {
  /** As the processor calls itself. */
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
}

/** One comparison in numbers. */
export interface Ratio {
  /** How many times as fast ours is as theirs, by the medians: above 1 ours is faster. */
  readonly median: number;
  /** The same by the minima. */
  readonly minimum: number;
}

/** This machine. */
export function machine(): Machine {
  const all = cpus();
  const processor = all[0]?.model.trim() || "unknown processor";
  return { processor, cores: all.length, node: process.versions.node };
}

/** The version of an npm package that is installed: "4.0.0". */
export function installedVersion(name: string): string {
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string };
  return version;
}

/** Their seconds divided by ours; undefined where ours is timed alone. */
export function ratioOf({ ours, theirs }: Comparison): Ratio | undefined {
  if (!theirs) return undefined;
  const [a, b] = [summarize(ours.seconds), summarize(theirs.seconds)];
  return { median: b.median / a.median, minimum: b.minimum / a.minimum };
}

/** The machine and the versions, a line each: the head of a report. */
export function headText({ processor, cores, node }: Machine): string {
  return `${processor}, ${cores} cores, Node ${node}`;
}

/** The versions in one line: "python 3.11.7, gpt-tokenizer 4.0.0". */
export function versionsText({ versions }: BenchmarkResult): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}

/** All comparisons as a table in Markdown, which reads well in a terminal too. */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  const header = ["work", "side", "minimum", "median", "by the median", "ours is"];
  const rows = comparisons.flatMap((comparison) => {
    const ratio = ratioOf(comparison);
    const line = (side: SideTimes, work: string, ratio: string): readonly string[] => {
      const { minimum: least, median: middle } = summarize(side.seconds);
      const speed = `${digits(comparison.amount / middle)} ${comparison.unit}/s`;
      return [work, side.name, seconds(least), seconds(middle), speed, ratio];
    };
    const times = ratio
      ? `${ratio.median.toFixed(2)} × as fast (minima: ${ratio.minimum.toFixed(2)})`
      : "";
    const work = `${comparison.work}, ${digits(comparison.amount)} ${comparison.unit}`;
    const { ours, theirs } = comparison;
    return [line(ours, work, times), ...(theirs ? [line(theirs, "", "")] : [])];
  });
  return markdownTable([header, ...rows]);
}

/** The other tables, each below its title. */
export function tablesText(tables: readonly BenchmarkTable[] = []): string {
  return tables.map(({ title, rows }) => `\n${title}:\n\n${markdownTable(rows)}`).join("");
}

/** What else was found, a list item each. */
export function findingsText(comparisons: readonly Comparison[]): string {
  return comparisons
    .flatMap(({ work, findings }) => findings.map((finding) => `- ${work}: ${finding}\n`))
    .join("");
}

/** Everything as one object of JSON. */
export function reportJson(
  name: string,
  { comparisons, versions, tables = [] }: BenchmarkResult,
  on: Machine,
): string {
  const rows = comparisons.map((comparison) => ({ ...comparison, ratio: ratioOf(comparison) }));
  return JSON.stringify({ name, machine: on, versions, comparisons: rows, tables });
}

function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const lines = rows.map(
    (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`,
  );
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return `${[lines[0], rule, ...lines.slice(1)].join("\n")}\n`;
}

/** "0.213 s", "13.4 ms". */
function seconds(value: number): string {
  return value < 0.1 ? `${digits(value * 1000)} ms` : `${digits(value)} s`;
}

/** Three digits that mean something, and no exponent: "1,240,000", "12.3", "0.0712". */
function digits(value: number): string {
  const short = Number(value.toPrecision(3));
  return short.toLocaleString("en-US", { maximumFractionDigits: 6 });
}
