/**
 * Rank files, as tiktoken keeps its vocabularies: a line for each token, its bytes in base64 and its id.
 *
 *     IQ== 0         the byte 33, "!"
 *     IHRoZQ== 279   " the" in cl100k_base
 *
 * The file holds neither the pattern nor the special tokens: whoever reads it has to know them.
 *
 * Source:  `load_tiktoken_bpe` of https://github.com/openai/tiktoken/blob/main/tiktoken/load.py
 * Chapter: notebooks/01-tokens.ipynb
 */
import { DataError } from "../core/errors.ts";
import { ID_LIMIT, type BytePairs } from "./byte-pairs.ts";

export interface TiktokenOptions {
  /** How text is cut before bytes are joined: a published name or a regular expression. */
  readonly pattern: string;
  /** Special tokens and their ids; default none. */
  readonly special?: Readonly<Record<string, number>>;
  /** What the text is called in errors, such as its path; default "rank file". */
  readonly name?: string;
}

/**
 * The byte pairs of a rank file's text: no merges, any two tokens that make a third one join.
 *
 * Throws `DataError` for a line that is not base64, one space and a whole number, a token or an id that
 * is there twice, and a byte that has no token.
 */
export function parseTiktoken(text: string, options: TiktokenOptions): BytePairs {
  const { pattern, special = {}, name = "rank file" } = options;
  const tokens: (Uint8Array | undefined)[] = [];
  const lineOf = new Map<string, number>();
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line === "") continue;
    const [, base64 = "", digits = ""] = /^(\S+) (\d+)$/.exec(line) ?? [];
    const id = Number(digits);
    const bytes = Buffer.from(base64, "base64");
    // Buffer reads what is no base64 as far as it can: written again it must be the same.
    if (bytes.length === 0 || bytes.toString("base64") !== base64 || id >= ID_LIMIT) {
      throw new DataError(
        `${name}, line ${i + 1}: expected base64, a space and an id such as "IQ== 0", got ${shown(line)}; restore the file`,
      );
    }
    const before = lineOf.get(base64);
    if (before !== undefined || tokens[id] !== undefined) {
      const what = before === undefined ? `the id ${id}` : `the token ${base64}`;
      throw new DataError(
        `${name}, line ${i + 1}: expected each token and id once, got ${what} again`,
      );
    }
    lineOf.set(base64, i + 1);
    while (tokens.length < id) tokens.push(undefined);
    tokens[id] = new Uint8Array(bytes);
  }
  for (let byte = 0; byte < 256; byte++) {
    if (lineOf.has(Buffer.of(byte).toString("base64"))) continue;
    throw new DataError(
      `${name}: expected a token for each of the 256 bytes, got none for byte ${byte}; restore the file`,
    );
  }
  return { tokens, pattern, special };
}

/**
 * The text of a rank file; pattern and special tokens are not in it.
 *
 * Throws `DataError` for merges that ranks cannot say: they must make the tokens in the order of the ids.
 */
export function printTiktoken({ tokens, merges = [] }: BytePairs): string {
  let last = -1;
  for (const [, , joined] of merges) {
    if (joined <= last) {
      throw new DataError(
        `printTiktoken: expected merges in the order of the ids that they make, got ${joined} after ${last}; write a tokenizer.json`,
      );
    }
    last = joined;
  }
  let text = "";
  for (const [id, bytes] of tokens.entries()) {
    if (bytes !== undefined) text += `${Buffer.from(bytes).toString("base64")} ${id}\n`;
  }
  return text;
}

function shown(line: string): string {
  return JSON.stringify(line.length > 40 ? `${line.slice(0, 40)}…` : line);
}
