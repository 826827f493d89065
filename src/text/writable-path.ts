/**
 * Where a file may be written that replaces what has its name: in the place of a file, or of nothing.
 *
 * A new file is written beside its place and renamed. That would put a file where a device or a pipe
 * was, cut a link off from its target, and lose a text that was to be read: none of them may happen.
 *
 * Source:  https://pubs.opengroup.org/onlinepubs/9799919799/functions/rename.html
 * Chapter: notebooks/01-tokens.ipynb
 */
import { accessSync, constants, lstatSync, realpathSync, statSync, type Stats } from "node:fs";
import { basename, dirname, join } from "node:path";

import { DataError } from "../core/errors.ts";

/**
 * The path to write to: `path`, and where it is a link to a file, that file.
 *
 * Throws `DataError` when something stands there that is no file, when the folder is missing or may not
 * be written, and when it is one of the files that are read (`inputs`).
 */
export function writablePath(
  path: string,
  { inputs = [] }: { readonly inputs?: readonly string[] } = {},
): string {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return newPath(path);
    if (!stats.isFile()) {
      const kind = stats.isDirectory() ? "a folder" : "a pipe, a socket or a device";
      throw new DataError(`${path}: expected a file or a new name, got ${kind}; name another`);
    }
    const same = inputs.find((input) => isSameFile(input, stats));
    if (same !== undefined) {
      throw new DataError(
        `${path}: expected another file than those that are read, got ${same} itself; name another`,
      );
    }
    const real = realpathSync(path);
    accessSync(dirname(real), constants.W_OK);
    return real;
  } catch (error) {
    throw error instanceof DataError ? error : cannotWrite(path, error);
  }
}

/** The error for a file that could not be written. */
export function cannotWrite(path: string, cause: unknown): DataError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DataError(
    `${path}: expected a file that can be written, got "${reason}"; name one in a folder that exists`,
    { cause },
  );
}

function newPath(path: string): string {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
    throw new DataError(
      `${path}: expected a file or a new name, got a link to nothing; name another`,
    );
  }
  // "new/" names a folder, not a file in the one above.
  const folder = realpathSync(path.endsWith("/") ? path : dirname(path));
  accessSync(folder, constants.W_OK);
  return join(folder, basename(path));
}

function isSameFile(path: string, { dev, ino }: Stats): boolean {
  try {
    const stats = statSync(path);
    return stats.dev === dev && stats.ino === ino;
  } catch {
    return false; // whoever reads it says what is wrong with it
  }
}
