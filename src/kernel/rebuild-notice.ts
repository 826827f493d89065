/**
 * Notices that the modules were built anew: a running kernel keeps those it has loaded.
 *
 * Source:  https://nodejs.org/api/modules.html#caching
 * Chapter: notebooks/00-start.ipynb
 */
import { statSync } from "node:fs";
import { join } from "node:path";

import { packageRoot } from "../core/package-root.ts";

/** The compiler writes this file at the end of each build that changed something. */
const STAMP = join(packageRoot(), "dist", ".tsbuildinfo");

/** Knows which build the kernel started with. */
export class RebuildNotice {
  readonly #stamp: string;
  #seen: number | undefined;

  constructor(stamp: string = STAMP) {
    this.#stamp = stamp;
    this.#seen = builtAt(stamp);
  }

  /** One sentence when there was a build since the last look, else undefined. */
  look(): string | undefined {
    const built = builtAt(this.#stamp);
    if (built === this.#seen) return undefined;
    this.#seen = built;
    return "The modules of src were built anew: restart the kernel to use them (Kernel › Restart Kernel).\n";
  }
}

function builtAt(stamp: string): number | undefined {
  return statSync(stamp, { throwIfNoEntry: false })?.mtimeMs;
}
