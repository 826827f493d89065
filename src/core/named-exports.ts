/**
 * The things that lie in a folder one a file: experiments, benchmarks. A new file is a new one; nothing is registered.
 *
 * Source:  https://nodejs.org/api/esm.html#import-expressions
 * Chapter: notebooks/01-tokens.ipynb
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { DataError } from "./errors.ts";

/** One of them, and the file that it was found in. */
export interface NamedExport<T> {
  readonly value: T;
  /** An absolute path. */
  readonly file: string;
}

/**
 * What the files of a folder export under the name `constant`, by file name; a file without it is what others share.
 *
 * Throws `DataError` for one whose own `name` is not that of its file.
 */
export async function namedExports<T extends { readonly name: string }>(
  folder: string,
  constant: string,
): Promise<readonly NamedExport<T>[]> {
  const found: NamedExport<T>[] = [];
  const files = readdirSync(folder).filter((name) => /(?<!\.d)\.[jt]s$/.test(name));
  for (const name of files.sort()) {
    const file = join(folder, name);
    const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, T>>;
    const value = module[constant];
    if (value === undefined) continue;
    const expected = name.replace(/\.[jt]s$/, "");
    if (value.name !== expected) {
      throw new DataError(
        `${file}: expected the name "${expected}" in its ${constant}, like the file, got "${value.name}"; rename one of them`,
      );
    }
    found.push({ value, file });
  }
  return found;
}
