/**
 * tokenizer.json, the file that Hugging Face's tokenizers read and write, for byte-level BPE.
 *
 *     { "added_tokens": [{ "id": 1000, "content": "<|end|>", … }],
 *       "pre_tokenizer": { "type": "ByteLevel", … }, "decoder": { "type": "ByteLevel", … },
 *       "model": { "type": "BPE", "vocab": { "!": 0, … "Ġthe": 262 }, "merges": ["Ġ t", …] } }
 *
 * Bytes are written as letters (byte-letters.ts). `added_tokens` are the special tokens. A file that
 * asks for anything which would give other ids here is refused, and the error says for which part.
 *
 * Source:  https://huggingface.co/docs/tokenizers/pipeline, checked with tokenizers 0.23.3
 * Chapter: notebooks/01-tokens.ipynb
 */
import { DataError } from "../core/errors.ts";
import { toByteLetters } from "./byte-letters.ts";
import type { BytePairs } from "./byte-pairs.ts";
import { addedTokens, readAddedTokens } from "./tokenizer-json/added-tokens.ts";
import { JsonValue } from "./tokenizer-json/json-value.ts";
import { readModel } from "./tokenizer-json/model.ts";
import { expectPlainText, preTokenizerOf, readPattern } from "./tokenizer-json/settings.ts";

export interface TokenizerJsonOptions {
  /** What the text is called in errors, such as its path; default "tokenizer.json". */
  readonly name?: string;
}

/**
 * The byte pairs of a tokenizer.json's text.
 *
 * Throws `DataError` for text that is no JSON, damaged parts, and parts that have no counterpart here:
 * other models and pre-tokenizers, normalizers, post-processors that add tokens, truncation, padding.
 */
export function parseTokenizerJson(
  text: string,
  { name = "tokenizer.json" }: TokenizerJsonOptions = {},
): BytePairs {
  const file = new JsonValue(parseJson(text, name), { file: name });
  const model = file.get("model"); // first: without it, it is no tokenizer's file
  if (model.missing) throw model.refusal("a model");
  expectPlainText(file);
  const special = readAddedTokens(file.get("added_tokens"));
  const pattern = readPattern(file.get("pre_tokenizer"));
  return { ...readModel(model, special), pattern, special: Object.fromEntries(special) };
}

/**
 * The text of a tokenizer.json that gives the same ids under Hugging Face's tokenizers.
 *
 * A vocabulary without merges gets every pair that makes a token as a merge, and `ignore_merges`.
 * Throws `DataError` for a special token that reads like another token, and for a pattern that
 * Hugging Face's tokenizers would read in another way.
 */
export function printTokenizerJson(pairs: BytePairs): string {
  const { tokens, merges = mergesOfRanks(tokens), pattern, special } = pairs;
  const letters = tokens.map((bytes) => (bytes === undefined ? undefined : toByteLetters(bytes)));
  const vocab = new Map<string, number>();
  letters.forEach((token, id) => token !== undefined && vocab.set(token, id));
  for (const [content, id] of Object.entries(special)) {
    if (vocab.has(content)) {
      throw new DataError(
        `printTokenizerJson: expected special tokens that differ from the letters of every token, got ${JSON.stringify(content)}; choose a longer one, such as "<|${content}|>"`,
      );
    }
    vocab.set(content, id);
  }
  const preTokenizer = preTokenizerOf(
    pattern,
    () =>
      new DataError(
        `printTokenizerJson: expected a pattern without ^, $ and {1,3}+, which mean something else to Hugging Face's tokenizers, got ${pattern}; write it without them, or write a rank file (.tiktoken)`,
      ),
  );
  const file = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: addedTokens(special),
    normalizer: null,
    pre_tokenizer: preTokenizer,
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: pairs.merges === undefined,
      vocab: "", // filled in below
      // The older of the two forms: every version reads it.
      merges: merges.map(([left, right]) => `${letters[left]} ${letters[right]}`),
    },
  };
  // An object would put tokens that are digits ("0" to "9", "2024") first: the ids' order is kept by hand.
  const entries = [...vocab].sort(([, a], [, b]) => a - b);
  const lines = entries.map(([token, id]) => `      ${JSON.stringify(token)}: ${id}`);
  const json = JSON.stringify(file, null, 2);
  return `${json.replace('"vocab": ""', () => `"vocab": {\n${lines.join(",\n")}\n    }`)}\n`;
}

/** Every pair of tokens that make a token, the tokens in the order of their ids. */
function mergesOfRanks(tokens: BytePairs["tokens"]): [number, number, number][] {
  const idOf = new Map<string, number>();
  tokens.forEach((bytes, id) => bytes !== undefined && idOf.set(toByteLetters(bytes), id));
  const merges: [number, number, number][] = [];
  for (const [token, joined] of idOf) {
    for (let cut = 1; cut < token.length; cut++) {
      const [left, right] = [idOf.get(token.slice(0, cut)), idOf.get(token.slice(cut))];
      if (left !== undefined && right !== undefined) merges.push([left, right, joined]);
    }
  }
  return merges;
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`${name}: expected JSON, got "${reason}"; restore the file`, {
      cause: error,
    });
  }
}
