/**
 * The parts of a tokenizer.json around the model: what they may say so that text is read the same here.
 *
 * A part that would change ids and has no counterpart here is refused by name; to pass it over would
 * give other ids without a word.
 *
 * Source:  https://huggingface.co/docs/tokenizers/pipeline
 * Chapter: notebooks/01-tokens.ipynb
 */
import type { DataError } from "../../core/errors.ts";
import { publishedPatterns } from "../published-patterns.ts";
import type { JsonValue } from "./json-value.ts";

/** A text is one piece. */
const WHOLE = String.raw`[\s\S]+`;

/**
 * cl100k_base in the syntax of Oniguruma, which Hugging Face's tokenizers run: there {1,3}+ is no
 * possessive, and $ is the end of any line.
 */
const CL100K_IN_FILES: string = publishedPatterns.cl100k_base
  .replace("{1,3}+", "{1,3}")
  .replace("$", String.raw`\z`);

/** Throws `DataError` for a normalizer, a post-processor, truncation or padding that would change ids. */
export function expectPlainText(file: JsonValue): void {
  for (const part of ["truncation", "padding", "normalizer"]) {
    const value = file.get(part);
    if (!value.missing) throw refused(value, "null (text is taken as it is)");
  }
  for (const [part, advice] of [
    [
      "post_processor",
      "it adds tokens around a text: set it to null to read the file without them",
    ],
    ["decoder", "set it to ByteLevel and save the file again"],
  ] as const) {
    const value = file.get(part);
    if (!value.missing && value.get("type").value !== "ByteLevel") {
      throw value.refusal("ByteLevel or null", advice);
    }
  }
}

/** The pattern that a pre-tokenizer stands for. Throws `DataError` for one that does anything else. */
export function readPattern(pre: JsonValue): string {
  const advice = "only byte-level pre-tokenizers can be read";
  if (pre.missing) throw pre.refusal("a ByteLevel pre-tokenizer", advice);
  const type = pre.get("type");
  if (type.value === "ByteLevel") return byteLevelPattern(pre);
  if (type.value !== "Sequence") throw type.refusal('"ByteLevel" or "Sequence"', advice);

  const steps = pre.get("pretokenizers");
  const [split, byteLevel] = steps.items();
  if (split === undefined || byteLevel === undefined || steps.items().length !== 2) {
    throw steps.refusal("a Split and a ByteLevel step", advice);
  }
  expectValue(split.get("type"), "Split");
  expectValue(split.get("behavior"), "Isolated");
  expectValue(split.get("invert"), false);
  expectValue(byteLevel.get("type"), "ByteLevel");
  if (byteLevelPattern(byteLevel) !== WHOLE) {
    throw refused(byteLevel.get("use_regex"), "false after a Split");
  }
  const regex = split.get("pattern").get("Regex");
  const pattern = regex.text();
  if (pattern === CL100K_IN_FILES) return "cl100k_base";
  if (pattern === publishedPatterns.o200k_base) return "o200k_base";
  expectSameSyntax(pattern, () =>
    regex.refusal("a Regex without ^, $ and {1,3}+, which mean something else here", advice),
  );
  return pattern;
}

/**
 * The pre-tokenizer that stands for a pattern.
 *
 * Throws the error of `refusal` when Oniguruma would read the expression in another way.
 */
export function preTokenizerOf(pattern: string, refusal: () => DataError): object {
  const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true };
  if (pattern === "gpt2" || pattern === publishedPatterns.gpt2) {
    return { ...byteLevel, use_regex: true };
  }
  if (pattern === WHOLE) return { ...byteLevel, use_regex: false };
  const split = {
    type: "Split",
    pattern: { Regex: regexOf(pattern, refusal) },
    behavior: "Isolated",
    invert: false,
  };
  return { type: "Sequence", pretokenizers: [split, { ...byteLevel, use_regex: false }] };
}

function regexOf(pattern: string, refusal: () => DataError): string {
  if (pattern === "cl100k_base" || pattern === publishedPatterns.cl100k_base)
    return CL100K_IN_FILES;
  if (pattern === "o200k_base") return publishedPatterns.o200k_base;
  expectSameSyntax(pattern, refusal);
  return pattern;
}

/** In Oniguruma ^ and $ are the ends of lines, and {1,3}+ repeats; here they are the text's ends and a possessive. */
function expectSameSyntax(pattern: string, refusal: () => DataError): void {
  if (/(?<![\\[])\^|(?<!\\)\$|\{\d+(?:,\d*)?\}\+/.test(pattern)) throw refusal();
}

function byteLevelPattern(byteLevel: JsonValue): string {
  expectValue(byteLevel.get("add_prefix_space"), false);
  const regex = byteLevel.get("use_regex");
  if (regex.value === false) return WHOLE;
  if (regex.value === true || regex.missing) return "gpt2"; // older files have no such field
  throw refused(regex, "true or false");
}

function expectValue(found: JsonValue, expected: string | boolean): void {
  if (found.value !== expected) throw refused(found, JSON.stringify(expected));
}

function refused(found: JsonValue, expected: string): DataError {
  return found.refusal(
    expected,
    "a tokenizer with this setting gives other ids than could be given here",
  );
}
