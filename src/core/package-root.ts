/**
 * Where this package lies, whether its code runs from `src` or from the build in `dist`.
 *
 * Source:  https://nodejs.org/api/esm.html#importmetaurl
 * Chapter: notebooks/00-start.ipynb
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { DataError } from "./errors.ts";

/**
 * The absolute folder of the package: the nearest one above this file that holds a package.json.
 *
 * Throws `DataError` when there is none, which means that files were moved out of the package.
 */
export function packageRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) {
      throw new DataError(
        `packageRoot: expected a package.json above ${start}, found none; run \`npm run setup\` in the project's folder`,
      );
    }
  }
}
