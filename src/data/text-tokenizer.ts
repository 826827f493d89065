/**
 * The tokenizer of a model, kept beside its weights: without it the model's numbers mean nothing.
 *
 *     { "type": "characters", "characters": "\n !',-.:;?abc…" }      the id of a character is its place
 *     { "version": "1.0", …, "model": { "type": "BPE", … } }         byte pairs: src/text/tokenizer-json.ts
 *
 * Axes:    V tokens
 * Source:  https://huggingface.co/docs/tokenizers/pipeline, for byte pairs; this project, for characters
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ConfigError, DataError } from "../core/errors.ts";
import { nearSpellings } from "../core/spelling.ts";
import { replaceFile } from "../core/whole-file.ts";
import { BytePairTokenizer } from "../text/byte-pair-tokenizer.ts";
import { CharacterTokenizer } from "../text/characters.ts";
import { publishedNames } from "../text/published.ts";
import type { Tokenizer } from "../text/tokenizer.ts";
import { openTokenizer } from "../text/tokenizer-file.ts";
import { printTokenizerJson } from "../text/tokenizer-json.ts";
import { cannotWrite, writablePath } from "../text/writable-path.ts";

/** Its name in a model's folder. */
export const TOKENIZER_FILE = "tokenizer.json";

/** A tokenizer that a model can be kept with. */
export type TextTokenizer = CharacterTokenizer | BytePairTokenizer;

/**
 * Writes the tokenizer into a model's folder, as tokenizer.json.
 *
 * Throws `DataError` when it cannot be written, and for byte pairs that a tokenizer.json cannot hold.
 */
export function saveTokenizer(directory: string, tokenizer: TextTokenizer): void {
  const path = join(directory, TOKENIZER_FILE);
  const text = tokenizerText(tokenizer);
  const place = writablePath(path);
  try {
    replaceFile(place, text);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

/** What `saveTokenizer` writes. Throws `DataError` for byte pairs that a tokenizer.json cannot hold. */
export function tokenizerText(tokenizer: TextTokenizer): string {
  if (tokenizer instanceof BytePairTokenizer) return printTokenizerJson(tokenizer.pairs);
  const { characters } = tokenizer;
  return `${JSON.stringify({ type: "characters", characters: characters.join("") })}\n`;
}

/** The tokenizer of a model's folder. Throws `DataError` when its tokenizer.json is missing or damaged. */
export function openSavedTokenizer(directory: string): Tokenizer {
  const path = join(directory, TOKENIZER_FILE);
  if (existsSync(path)) return openTextTokenizer(path);
  throw new DataError(
    `${path}: expected the tokenizer of a model, got no such file; name a folder that glassbox train has written`,
  );
}

/**
 * The tokenizer of a published name ("gpt2", "cl100k_base", "o200k_base") or of a file, which holds characters or byte pairs.
 *
 * Throws `DataError` for a file that is missing, damaged or neither, and `ConfigError` for ranks (tiktoken's form),
 * which do not say how text is cut.
 */
export function openTextTokenizer(nameOrPath: string): TextTokenizer {
  if ((publishedNames as readonly string[]).includes(nameOrPath)) return openTokenizer(nameOrPath);
  if (!existsSync(nameOrPath)) {
    const names = ["characters", ...publishedNames];
    const near = nearSpellings(nameOrPath, names);
    const help = near.length > 0 ? `did you mean ${near.join(" or ")}?` : "look at its spelling";
    throw new ConfigError(
      `${nameOrPath}: expected a tokenizer, which is ${names.join(", ")} or the path of a file, got neither; ${help}`,
    );
  }
  const characters = savedCharacters(nameOrPath);
  return characters === undefined ? openTokenizer(nameOrPath) : new CharacterTokenizer(characters);
}

/** The characters in a file that holds some; undefined for another file, which `openTokenizer` reads or refuses. */
function savedCharacters(path: string): string | undefined {
  let file: unknown;
  try {
    file = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
  const { type, characters } = Object(file) as { type?: unknown; characters?: unknown };
  if (type !== "characters") return undefined;
  // Ids are places: characters that are sorted in another way, or stand twice, would get others.
  const isList = typeof characters === "string" && characters !== "";
  if (isList && new CharacterTokenizer(characters).characters.join("") === characters) {
    return characters;
  }
  throw new DataError(
    `${path}: expected "characters", each once and in the order of code points, got ${JSON.stringify(characters)?.slice(0, 60) ?? "none"}; restore the file`,
  );
}
