/**
 * Where the addon of the engine `tensorflow` lies, or why it is not there.
 *
 * Source:  https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-node/package.json, "binary"
 * Chapter: notebooks/00-start.ipynb
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { DataError } from "../../core/errors.ts";

/** The folder of the package `@tensorflow/tfjs-node`; throws `DataError` when it is not installed. */
export function packageFolder(): string {
  try {
    const { resolve } = createRequire(import.meta.url);
    return dirname(resolve("@tensorflow/tfjs-node/package.json"));
  } catch {
    throw new DataError(
      "tensorflow does not load: the package @tensorflow/tfjs-node is not installed. Run `npm run setup`",
    );
  }
}

/**
 * The folder of the package that holds its addon; throws `DataError` when it is not built.
 *
 * The set-up leaves a sentence in `why-not.txt` where it cannot build it.
 */
export function addonFolder(packageFolder: string): string {
  const folder = join(packageFolder, "lib", "napi-v8");
  if (existsSync(join(folder, "tfjs_binding.node"))) return folder;
  const whyNot = join(folder, "why-not.txt");
  const reason = existsSync(whyNot)
    ? readFileSync(whyNot, "utf8").trim()
    : "its addon is not built. Run `npm run setup`, which builds it";
  throw new DataError(`tensorflow does not load: ${reason}`);
}
