/**
 * The special tokens of a tokenizer.json, which calls them added tokens.
 *
 * Source:  https://huggingface.co/docs/tokenizers/api/added-tokens
 * Chapter: notebooks/01-tokens.ipynb
 */
import { ID_LIMIT } from "../byte-pairs.ts";
import type { JsonValue } from "./json-value.ts";

/** Special tokens as a tokenizer.json lists them, in the order of their ids. */
export function addedTokens(special: Readonly<Record<string, number>>): object[] {
  const strips = { single_word: false, lstrip: false, rstrip: false };
  return Object.entries(special)
    .sort(([, a], [, b]) => a - b)
    .map(([content, id]) => ({ id, content, ...strips, normalized: false, special: true }));
}

/**
 * Text and id of each added token.
 *
 * Throws `DataError` for texts and ids that are twice there, ids out of bounds, and for tokens that take white space around
 * them or are found between words only.
 */
export function readAddedTokens(added: JsonValue): ReadonlyMap<string, number> {
  const special = new Map<string, number>();
  if (added.missing) return special;
  const taken = new Set<number>();
  for (const token of added.items()) {
    for (const name of ["single_word", "lstrip", "rstrip"]) {
      const setting = token.get(name);
      if (!setting.missing && setting.value !== false) {
        throw setting.refusal(
          "false",
          "special tokens are found as they are written, with nothing around them",
        );
      }
    }
    const content = token.get("content");
    const id = token.get("id");
    if (content.text() === "" || special.has(content.text())) {
      throw content.refusal("a text that no other token has");
    }
    if (
      typeof id.value !== "number" ||
      !Number.isInteger(id.value) ||
      id.value < 0 ||
      id.value >= ID_LIMIT ||
      taken.has(id.value)
    ) {
      throw id.refusal("an id that no other token has, a whole number from 0");
    }
    taken.add(id.value);
    special.set(content.text(), id.value);
  }
  return special;
}
