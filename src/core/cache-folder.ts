/**
 * Where downloads and half-done work are kept: `.cache` of the project, or the folder in GLASSBOX_CACHE.
 *
 * Source:  https://specifications.freedesktop.org/basedir-spec/latest/, on data that can be made again
 * Chapter: notebooks/00-start.ipynb
 */
import { join, resolve } from "node:path";

import { packageRoot } from "./package-root.ts";

/** The absolute path of a place in the cache: `cacheFolder("bench", "python")`; it may not exist yet. */
export function cacheFolder(...parts: readonly string[]): string {
  const shared = process.env.GLASSBOX_CACHE;
  const root =
    shared === undefined || shared === "" ? join(packageRoot(), ".cache") : resolve(shared);
  return join(root, ...parts);
}
