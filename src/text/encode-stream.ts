/**
 * Encodes what does not fit in memory: chunks of text or bytes in, lists of ids out.
 *
 * The ids are those of the whole, wherever it is cut. A piece may turn out longer when more text comes
 * ("don't" cut after "don'"), so the last two pieces of what is there wait: in the published patterns
 * nothing before them can change (contractions, white space and o200k's words look ahead at most into
 * the piece that follows). What another regular expression looks at is unknown: then all text waits.
 *
 * Source:  the patterns of published-patterns.ts
 * Chapter: notebooks/01-tokens.ipynb
 */
import { breathe } from "../core/interrupt.ts";
import type { BytePairTokenizer, EncodeOptions } from "./byte-pair-tokenizer.ts";
import { escapeBytes, openEnd, wellFormed } from "./escaped-text.ts";

/** Chunks of a file, a download or a generator: text, or bytes of UTF-8. */
export type Chunks = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

export interface StreamOptions extends EncodeOptions {
  /** UTF-16 units that are gathered before they are encoded; default 65,536. Fewer come sooner and cost more. */
  readonly gather?: number;
}

/**
 * The ids of a text that comes in chunks, as lists of ids; none is empty.
 *
 * Memory is bounded by the longest piece (a word, a run of spaces), the longest chunk and `gather`.
 * Bytes that are no UTF-8 are cut as `encodeBytes` cuts them. Throws `Interrupted` after Stop.
 */
export async function* encodeStream(
  chunks: Chunks,
  tokenizer: BytePairTokenizer,
  { special = false, gather = 65_536 }: StreamOptions = {},
): AsyncGenerator<number[], void> {
  const joiner = new ChunkJoiner();
  let waiting = "";
  let parts: string[] = [];
  let gathered = 0;
  for await (const chunk of chunks) {
    const part = joiner.add(chunk);
    parts.push(part);
    gathered += part.length;
    // Looking again only when the text has doubled keeps one long piece from being read n times.
    if (gathered < Math.max(gather, waiting.length)) continue;
    const text = waiting + parts.join("");
    const { ids, units } = tokenizer.encodeStart(text, { special });
    waiting = text.slice(units);
    [parts, gathered] = [[], 0];
    if (ids.length > 0) yield ids;
    await breathe();
  }
  const ids = tokenizer.encodeEscaped(waiting + parts.join("") + joiner.end(), { special });
  if (ids.length > 0) yield ids;
}

/** Makes text of chunks that may cut a character in two. */
class ChunkJoiner {
  #bytes = new Uint8Array(0);
  #surrogate = "";

  add(chunk: string | Uint8Array): string {
    return typeof chunk === "string" ? this.#bytesEnd() + this.#text(chunk) : this.#part(chunk);
  }

  /** What waited for the rest of its character in vain. */
  end(): string {
    return this.#bytesEnd() + this.#textEnd();
  }

  #text(chunk: string): string {
    const text = this.#surrogate + chunk;
    const cut = /[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
    this.#surrogate = text.slice(cut);
    return wellFormed(text.slice(0, cut));
  }

  #part(chunk: Uint8Array): string {
    const bytes = new Uint8Array(this.#bytes.length + chunk.length);
    bytes.set(this.#bytes);
    bytes.set(chunk, this.#bytes.length);
    const cut = bytes.length - openEnd(bytes);
    this.#bytes = bytes.slice(cut);
    return this.#textEnd() + escapeBytes(bytes.subarray(0, cut));
  }

  #textEnd(): string {
    const text = wellFormed(this.#surrogate);
    this.#surrogate = "";
    return text;
  }

  #bytesEnd(): string {
    const text = escapeBytes(this.#bytes);
    this.#bytes = new Uint8Array(0);
    return text;
  }
}
