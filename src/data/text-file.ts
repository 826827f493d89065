/**
 * A text to learn from: a file in UTF-8, or one of the texts that have a name here.
 *
 * Source:  https://encoding.spec.whatwg.org/#utf-8-decoder
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { constants } from "node:buffer";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";

import { DataError } from "../core/errors.ts";
import { nearSpellings } from "../core/spelling.ts";
import { openEnd } from "../text/escaped-text.ts";

/** A text, and what it is called. */
export interface NamedText {
  /** "moby-dick", or the file's name without its folder. */
  readonly name: string;
  readonly text: string;
}

/** Reads a text; hears how many bytes of a download are there. */
type Reader = (onProgress: (bytes: number) => void) => string | Promise<string>;

/** Each data set is loaded when it is asked for. */
const readers = {
  "moby-dick": async () => (await import("../../datasets/moby-dick/chapters.ts")).mobyDickText(),
  sotu: async () => (await import("../../datasets/sotu/speeches.ts")).speechesText(),
  "tiny-shakespeare": async (onProgress) => {
    const { tinyShakespeare } = await import("../../datasets/tiny-shakespeare/text.ts");
    return tinyShakespeare({ onProgress });
  },
  town: async () => (await import("./town-text.ts")).townText(),
} as const satisfies Readonly<Record<string, Reader>>;

/** Names of the texts that are no files: "moby-dick", "sotu", "tiny-shakespeare", "town". */
export const textNames: readonly string[] = Object.keys(readers);

export interface ReadTextOptions {
  /** Hears how many bytes of a download are there; of the named texts only tiny-shakespeare is downloaded, once. */
  readonly onProgress?: (bytes: number) => void;
}

/**
 * The text of a name in `textNames`, or of a file; a file of the same name is written "./town".
 *
 * A byte order mark at the start is no part of the text. Throws `DataError` for a file that is missing, a folder,
 * empty, not in UTF-8 or longer than a string can be, and as the data sets do.
 */
export async function readText(
  nameOrPath: string,
  { onProgress = () => undefined }: ReadTextOptions = {},
): Promise<NamedText> {
  const reader = (readers as Readonly<Record<string, Reader>>)[nameOrPath];
  if (reader !== undefined && textNames.includes(nameOrPath)) {
    return { name: nameOrPath, text: await reader(onProgress) };
  }
  return { name: basename(nameOrPath), text: await textOfFile(nameOrPath) };
}

async function textOfFile(path: string): Promise<string> {
  const stats = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (stats.isDirectory()) {
    throw new DataError(
      `${path}: expected a text file in UTF-8, got a folder; join its texts into one file`,
    );
  }
  // A string holds at most so many UTF-16 units, and no character of UTF-8 takes fewer bytes than units.
  if (stats.size > constants.MAX_STRING_LENGTH) {
    const [most, size] = [constants.MAX_STRING_LENGTH, stats.size].map((n) =>
      n.toLocaleString("en"),
    );
    throw new DataError(`${path}: expected at most ${most} bytes, got ${size}; take a part of it`);
  }
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (bytes.length === 0) {
    throw new DataError(`${path}: expected text to learn from, got an empty file; name another`);
  }
  return decode(path, bytes);
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new DataError(
      `${path}: expected text in UTF-8, got ${whatElse(bytes)}; convert it, as iconv does`,
      { cause: error },
    );
  }
}

/** What bytes that are no UTF-8 are. */
function whatElse(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return "UTF-16";
  const at = firstBadByte(bytes);
  const byte = (bytes[at] as number).toString(16).toUpperCase().padStart(2, "0");
  return `the byte ${byte} after ${at.toLocaleString("en")} good ones`;
}

/** How many bytes at the start are whole characters: the decoder itself is asked, in halves. */
function firstBadByte(bytes: Uint8Array): number {
  const isGood = (length: number): boolean => {
    try {
      const start = bytes.subarray(0, length);
      // A character that is not whole yet may still become one.
      new TextDecoder("utf-8", { fatal: true }).decode(
        start.subarray(0, length === bytes.length ? length : length - openEnd(start)),
      );
      return true;
    } catch {
      return false;
    }
  };
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isGood(middle)) good = middle;
    else bad = middle;
  }
  return good - openEnd(bytes.subarray(0, good));
}

function unreadable(path: string, cause: unknown): DataError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const near = nearSpellings(path, textNames);
  const help = near.length > 0 ? `did you mean ${near.join(" or ")}?` : "look at its spelling";
  return new DataError(
    `${path}: expected a text file that can be read, or one of ${textNames.join(", ")}, got "${reason}"; ${help}`,
    { cause },
  );
}
