/**
 * A text as ids, cut into what a model learns from and what it is tested on.
 *
 * Axes:    V tokens of the vocabulary
 * Source:  https://github.com/karpathy/nanoGPT/blob/master/data/shakespeare_char/prepare.py
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { DataError } from "../core/errors.ts";
import { breathe } from "../core/interrupt.ts";
import { encodeStream } from "../text/encode-stream.ts";
import { BytePairTokenizer } from "../text/byte-pair-tokenizer.ts";
import { CharacterTokenizer } from "../text/characters.ts";
import { splitCorpus } from "./split.ts";
import type { NamedText } from "./text-file.ts";
import type { TextTokenizer } from "./text-tokenizer.ts";

/** What a model learns from. */
export interface TextCorpus {
  /** Ids to learn from. */
  readonly train: Int32Array;
  /** Ids that come after them in the text, held out. */
  readonly validation: Int32Array;
  readonly tokenizer: TextTokenizer;
}

export interface TextCorpusOptions {
  /** "characters": one id for each different character of the text (the default). */
  readonly tokenizer?: TextTokenizer | "characters";
  /** The part at the end that is held out; default a tenth. */
  readonly heldOut?: number;
  /** The fewest tokens that each part must have: a model's context and one; default 1. */
  readonly least?: number;
  /** Hears the part that is encoded, 0 to 1. */
  readonly onProgress?: (part: number) => void;
}

/** UTF-16 units that are encoded between two breaths. */
const CHUNK = 2 ** 18;

/**
 * The ids of a text, the last part held out.
 *
 * Throws `DataError` for a text that is too short and for a character that a tokenizer of characters does not have,
 * `Interrupted` after Stop, and as `splitCorpus` does.
 */
export async function textCorpus(
  { name, text }: NamedText,
  {
    tokenizer: wanted = "characters",
    heldOut = 0.1,
    least = 1,
    onProgress = () => undefined,
  }: TextCorpusOptions = {},
): Promise<TextCorpus> {
  const tokenizer = wanted === "characters" ? new CharacterTokenizer(text) : wanted;
  const ids = await encode(text, tokenizer, onProgress);
  const parts = ids.length < 2 ? undefined : splitCorpus(ids, { heldOut });
  const [N, M] = [parts?.train.length ?? ids.length, parts?.validation.length ?? 0];
  if (parts !== undefined && Math.min(N, M) >= least) return { ...parts, tokenizer };
  throw new DataError(
    `${name}: expected at least ${least} tokens in each part, a context and the token after it, got ${N} to learn from and ${M} held out; take a longer text or a smaller context`,
  );
}

async function encode(
  text: string,
  tokenizer: TextTokenizer,
  onProgress: (part: number) => void,
): Promise<Int32Array> {
  const parts: Int32Array[] = [];
  const chunks = chunksOf(text, onProgress);
  if (tokenizer instanceof BytePairTokenizer) {
    for await (const ids of encodeStream(chunks, tokenizer)) parts.push(Int32Array.from(ids));
  } else {
    for (const chunk of chunks) {
      parts.push(Int32Array.from(tokenizer.encode(chunk)));
      await breathe();
    }
  }
  return joined(parts);
}

/** The text in chunks, none of which ends within a character. */
function* chunksOf(text: string, onProgress: (part: number) => void): Generator<string> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + CHUNK, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end++;
    yield text.slice(start, end);
    onProgress(end / text.length);
    start = end;
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
