/**
 * Outputs as a file keeps them: streams merged, no folder of the machine that made them.
 *
 * Source:  https://nbformat.readthedocs.io/en/latest/format_description.html#code-cell-outputs
 * Chapter: notebooks/00-start.ipynb
 */
import { isRecord } from "./notebook.ts";
import type { Output } from "./notebook.ts";

export interface Place {
  /** An absolute folder, without a slash at its end. */
  readonly folder: string;
  /** What stands in its stead: "." or "~". */
  readonly shown: string;
}

/** Outputs of one stream that follow one another become one. */
export function mergeStreams(outputs: readonly Output[]): readonly Output[] {
  const merged: Output[] = [];
  for (const output of outputs) {
    const before = merged.at(-1);
    if (
      output.output_type === "stream" &&
      before?.output_type === "stream" &&
      before.name === output.name
    ) {
      merged[merged.length - 1] = { ...before, text: before.text + output.text };
    } else merged.push(output);
  }
  return merged;
}

/** The output with each folder of `places` replaced, in texts and tracebacks, not in pictures. */
export function hidePaths(output: Output, places: readonly Place[]): Output {
  return hide(output, places) as Output;
}

function hide(value: unknown, places: readonly Place[]): unknown {
  if (typeof value === "string") return places.reduce(hideOne, value);
  if (Array.isArray(value)) return value.map((item) => hide(item, places));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, content]) => [
      key,
      isBase64(key) ? content : hide(content, places),
    ]),
  );
}

function hideOne(text: string, { folder, shown }: Place): string {
  if (folder.length < 2) return text;
  const escaped = folder.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  // Not inside a longer path, and whole: /home/a is neither in /x/home/a nor in /home/ab.
  return text.replaceAll(
    new RegExp(`(?:file://|(?<![\\w/.-]))${escaped}(?![\\w-]|\\.\\w)`, "g"),
    shown,
  );
}

function isBase64(mime: string): boolean {
  return /^(image|audio|video)\//.test(mime) && mime !== "image/svg+xml";
}
