import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

import { root } from "../architecture/source-files.ts";

/** The path of a built file, "src/kernel/main"; throws when it is missing or older than its source. */
export function built(path: string): string {
  const file = join(root, "dist", `${path}.js`);
  if (!existsSync(file) || statSync(file).mtimeMs < statSync(join(root, `${path}.ts`)).mtimeMs) {
    throw new Error(`expected ${file} newer than its source: run npm run build`);
  }
  return file;
}
