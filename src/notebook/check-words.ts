/**
 * How a difference is told: what was called, how much differs, where first, where most.
 *
 * Source:  style of this library's errors: who, expected, got
 * Chapter: notebooks/00-start.ipynb
 */
import { inspect } from "node:util";

import type { Comparison } from "./compare.ts";

/** The most characters of a value in a message. */
const LONGEST = 80;

/** A value on one line. */
export function short(value: unknown): string {
  const text = inspect(value, {
    depth: 2,
    breakLength: Infinity,
    compact: true,
    maxArrayLength: 8,
  });
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** A call as it would be written: "softmax([ 1, 2 ])". */
export function called(name: string, args: readonly unknown[]): string {
  return `${name === "" || name === "mine" ? "your function" : name}(${args.map(short).join(", ")})`;
}

/** The lines that tell where two values part; the comparison must have found something. */
export function differenceText(
  call: string,
  { total, differing, first, largest }: Comparison,
): string {
  const where = call === "" ? "" : `${call} `;
  const { path = "", got, expected } = first ?? {};
  const pair = `expected ${short(expected)}, got ${short(got)}${lengths(got, expected)}`;
  if (path === "") return `${where}${pair}`;
  return [
    `${where}differs in ${String(differing)} of ${String(total)} places`,
    `first at ${path}: ${pair}`,
    ...(largest === undefined
      ? []
      : [`largest difference at ${largest.path}: ${String(Number(largest.by.toPrecision(3)))}`]),
  ].join("\n");
}

/** Two lists of other lengths look alike when they are long. */
function lengths(got: unknown, expected: unknown): string {
  if (!Array.isArray(got) || !Array.isArray(expected) || got.length === expected.length) return "";
  return ` (${String(expected.length)} entries expected, ${String(got.length)} came)`;
}
