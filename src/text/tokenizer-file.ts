/**
 * Tokenizers on disk: opened whatever their form, saved so that nobody ever reads half of one.
 *
 * Source:  https://nodejs.org/api/fs.html#fsrenamesyncoldpath-newpath
 * Chapter: notebooks/01-tokens.ipynb
 */
import { existsSync, readFileSync } from "node:fs";

import { ConfigError, DataError } from "../core/errors.ts";
import { replaceFile } from "../core/whole-file.ts";
import type { BytePairs } from "./byte-pairs.ts";
import { BytePairTokenizer } from "./byte-pair-tokenizer.ts";
import { loadPublished, publishedNames } from "./published.ts";
import { parseTiktoken, printTiktoken } from "./tiktoken-file.ts";
import { parseTokenizerJson, printTokenizerJson } from "./tokenizer-json.ts";
import { cannotWrite, writablePath } from "./writable-path.ts";

export interface ReadBytePairsOptions {
  /** How text is cut: needed for a rank file, which does not say it. A tokenizer.json says it itself. */
  readonly pattern?: string;
  /** Special tokens and their ids, for a rank file; default none. */
  readonly special?: Readonly<Record<string, number>>;
}

/**
 * The tokenizer of a published name ("gpt2", "cl100k_base", "o200k_base") or of a file.
 *
 * Throws as `readBytePairs` does, and `ConfigError` for options beside a published name; for a file that is not there the message lists the published names.
 */
export function openTokenizer(
  nameOrPath: string,
  options: ReadBytePairsOptions = {},
): BytePairTokenizer {
  const name = publishedNames.find((published) => published === nameOrPath);
  if (name !== undefined) {
    if (options.pattern !== undefined || options.special !== undefined) {
      throw new ConfigError(
        `openTokenizer: expected no pattern and no special tokens for ${name}, a published tokenizer that has its own; leave them out`,
      );
    }
    return loadPublished(name);
  }
  if (!existsSync(nameOrPath)) {
    throw new DataError(
      `openTokenizer: expected ${publishedNames.join(", ")} or the path of a file, got "${nameOrPath}", which is neither; look at its spelling`,
    );
  }
  return new BytePairTokenizer(readBytePairs(nameOrPath, options));
}

/**
 * The byte pairs of a file: a tokenizer.json or a rank file (tiktoken), known by how it begins.
 *
 * Throws `DataError` for a file that cannot be read or is neither; `ConfigError` for a rank file without
 * `pattern`, and for a `pattern` or `special` beside a tokenizer.json.
 */
export function readBytePairs(path: string, options: ReadBytePairsOptions = {}): BytePairs {
  const text = readText(path);
  if (/^\s*\{/.test(text)) {
    if (options.pattern !== undefined || options.special !== undefined) {
      throw new ConfigError(
        `readBytePairs: expected no pattern and no special tokens for ${path}, a tokenizer.json that names its own; leave them out`,
      );
    }
    return parseTokenizerJson(text, { name: path });
  }
  if (!/^[A-Za-z0-9+/]+=* \d+\r?$/m.test(text.slice(0, text.indexOf("\n") + 1))) {
    throw new DataError(
      `${path}: expected a tokenizer.json, which begins with {, or ranks, whose lines are like "IQ== 0", got ${begin(text)}; name a tokenizer's file`,
    );
  }
  const { pattern, special } = options;
  if (pattern === undefined) {
    throw new ConfigError(
      `readBytePairs: expected a pattern for ${path}, since ranks do not say how text is cut; give "gpt2", "cl100k_base", "o200k_base" or a regular expression`,
    );
  }
  return parseTiktoken(text, { pattern, special, name: path });
}

/**
 * Writes byte pairs to a file: ranks when its name ends in .tiktoken, a tokenizer.json otherwise.
 *
 * The text is written beside the file, which then is replaced at once; through a link it is the file that
 * it leads to. Throws `DataError` when the form cannot hold these byte pairs, or the file cannot be
 * written, and for what is there and is no file.
 */
export function saveBytePairs(path: string, pairs: BytePairs): void {
  const text = path.endsWith(".tiktoken") ? printTiktoken(pairs) : printTokenizerJson(pairs);
  const place = writablePath(path);
  try {
    replaceFile(place, text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new DataError(
      `${path}: expected a tokenizer file, got "${messageOf(error)}"; name a tokenizer.json or a rank file`,
      { cause: error },
    );
  }
}

function begin(text: string): string {
  if (text === "") return "an empty file";
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
