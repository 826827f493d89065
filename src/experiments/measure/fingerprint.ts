/**
 * What a result depends on, as one short text: another source, package or Node gives another one.
 *
 * A value that was saved under a fingerprint is taken again only under the same one. The sources are the
 * experiment's file and every file that it imports, and that those import.
 *
 * Source:  https://bazel.build/basics/hermeticity, on what a cached result must be keyed by
 * Chapter: notebooks/01-tokens.ipynb
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { packageRoot } from "../../core/package-root.ts";

/** A relative import in any form: `from "./a.ts"`, `import "./a.ts"`, `import("./a.ts")`. */
const RELATIVE = /(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

/** The first 16 digits of a SHA-256 over the sources, the locked packages and Node's version. */
export function fingerprint(file: string): string {
  const root = packageRoot();
  const hash = createHash("sha256");
  for (const source of sourcesOf(file)) {
    hash
      .update(`${relative(root, source)}\0`)
      .update(readFileSync(source))
      .update("\0");
  }
  hash.update(readFileSync(join(root, "package-lock.json"))).update(process.version);
  return hash.digest("hex").slice(0, 16);
}

/** A file and everything that it imports by a relative path, directly or through others, in order. */
export function sourcesOf(file: string): readonly string[] {
  const found = new Set<string>();
  const walk = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const [, specifier = ""] of readFileSync(path, "utf8").matchAll(RELATIVE)) {
      walk(join(dirname(path), specifier));
    }
  };
  walk(file);
  return [...found].sort();
}
