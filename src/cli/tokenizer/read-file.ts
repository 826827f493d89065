/**
 * Files in blocks, so that none has to fit into memory: their bytes, and their text.
 *
 * Source:  https://nodejs.org/api/fs.html#fsreadsyncfd-buffer-offset-length-position
 * Chapter: notebooks/01-tokens.ipynb
 */
import { constants } from "node:buffer";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

import { DataError } from "../../core/errors.ts";

/** Bytes of a block: large enough that reads are few, small enough for any memory. */
const BLOCK = 2 ** 20;

/** Characters after which a text without a place to be cut is cut all the same. */
const LONGEST = 2 ** 24;

export interface BlockOptions {
  /** Called after each block with the part that is read, 0 to 1. */
  readonly progress?: (part: number) => void;
  /** Bytes of a block; default 1 MiB. */
  readonly block?: number;
  /** What an empty file lacks, for the error; default "text". */
  readonly content?: string;
}

/**
 * The bytes of a file, block after block.
 *
 * Throws `DataError` for a file that cannot be read, a folder, and an empty file.
 */
export function* bytesOf(
  path: string,
  { progress, block = BLOCK, content = "text" }: BlockOptions = {},
): Generator<Uint8Array> {
  const file = orSay(path, () => openSync(path, "r"));
  try {
    const stats = fstatSync(file);
    if (stats.isDirectory()) {
      throw new DataError(`${path}: expected a file, got a folder; name the files in it`);
    }
    let done = 0;
    for (;;) {
      const bytes = new Uint8Array(block);
      const length = orSay(path, () => readSync(file, bytes, 0, block, null));
      if (length === 0) break;
      done += length;
      yield bytes.subarray(0, length);
      progress?.(stats.size > 0 ? Math.min(done / stats.size, 1) : 0);
    }
    if (done === 0)
      throw new DataError(`${path}: expected ${content}, got an empty file; name another`);
  } finally {
    closeSync(file);
  }
}

export interface TextOptions extends BlockOptions {
  /** Is the text wanted as one? Default false. Only GPT's patterns are known to end a piece where it is cut. */
  readonly whole?: boolean;
}

/**
 * The text of a file, in parts that end where a piece of GPT's patterns ends, or as one.
 *
 * Throws `DataError` as `bytesOf` does, for bytes that are no UTF-8, and for a text that is wanted as
 * one and is longer than a string can be.
 */
export function* textOf(
  path: string,
  { whole = false, ...options }: TextOptions = {},
): Generator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  let done = 0;
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (error) {
      throw new DataError(
        `${path}: expected text in UTF-8, got bytes that are none among the first ${done.toLocaleString("en")}; convert it, as iconv does`,
        { cause: error },
      );
    }
  };
  for (const bytes of bytesOf(path, options)) {
    done += bytes.length;
    const part = decode(bytes);
    if (text.length + part.length > constants.MAX_STRING_LENGTH) {
      throw new DataError(
        `${path}: expected at most ${constants.MAX_STRING_LENGTH.toLocaleString("en")} characters for a pattern of one's own, got more; split the file`,
      );
    }
    text += part;
    const end = whole ? 0 : lastCut(text);
    if (end === 0) continue;
    yield text.slice(0, end);
    text = text.slice(end);
  }
  text += decode();
  if (text !== "") yield text;
}

/** Before the last space between two Latin letters: every pattern of GPT begins a piece there. 0 when there is none. */
function lastCut(text: string): number {
  for (let at = text.lastIndexOf(" "); at > 0; at = text.lastIndexOf(" ", at - 1)) {
    if (/^[A-Za-z] [A-Za-z]$/.test(text.slice(at - 1, at + 2))) return at;
  }
  return text.length > LONGEST ? text.length : 0;
}

function orSay<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(
      `${path}: expected a file that can be read, got "${reason}"; look at its name`,
      {
        cause: error,
      },
    );
  }
}
