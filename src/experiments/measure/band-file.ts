/**
 * One experiment's entry put into the file of bands, while others may put theirs.
 *
 * The new file is made beside the old one under one fixed name that only one process can create: whoever has created
 * it looks whether the old file is still what the new one was made from, and renames. The rename shows the new file and
 * frees the name in one step.
 *
 * Source:  https://pubs.opengroup.org/onlinepubs/9799919799/functions/open.html, on O_CREAT with O_EXCL
 * Chapter: notebooks/01-tokens.ipynb
 */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

import { DataError } from "../../core/errors.ts";
import { readBands } from "../bands.ts";
import type { BandFile, MeasuredBands } from "../bands.ts";

/** Milliseconds between two looks whether another process has ended; it holds the name for about one. */
const PAUSE = 10;

export interface WriteEntryOptions {
  /** The experiment whose entry is written; the others stay as they are. */
  readonly name: string;
  readonly measured: MeasuredBands;
  /** Milliseconds to wait for another process that writes. Default: 5000. */
  readonly patience?: number;
}

/**
 * Puts one experiment's entry into a file of bands, in order of names and in the project's form.
 *
 * Throws `DataError` for a damaged file, and when what another process writes beside it does not go away.
 */
export async function writeEntry(
  path: string,
  { name, measured, patience = 5000 }: WriteEntryOptions,
): Promise<void> {
  const { format, resolveConfig } = await import("prettier");
  const style = (await resolveConfig(path)) ?? {};
  const end = Date.now() + patience;
  for (;;) {
    const before = readBands(path);
    const entries = Object.entries({ ...before, [name]: measured });
    const sorted = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    const text = await format(JSON.stringify(sorted), { ...style, parser: "json" });
    if (replace(path, text, { before })) return;
    if (Date.now() > end) {
      throw new DataError(
        `writeEntry: expected to write the band of ${name}, got ${path}.tmp of another process; when no other glassbox measure runs, delete that file, and repeat: the seeds are saved`,
      );
    }
    await sleep(PAUSE);
  }
}

/** Replaces the file and says true; false when another process is at it, or it no longer holds `before`. */
function replace(path: string, text: string, { before }: { readonly before: BandFile }): boolean {
  const beside = `${path}.tmp`;
  try {
    writeFileSync(beside, text, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  let renamed = false;
  try {
    if (isDeepStrictEqual(readBands(path), before)) {
      renameSync(beside, path);
      renamed = true;
    }
    return renamed;
  } finally {
    // After the rename the name may be another's already.
    if (!renamed) rmSync(beside);
  }
}
