/**
 * Checked downloads: a file comes once, whole and with the right checksum, or not at all.
 *
 * What has come is kept in `FILE.part` when the connection breaks, and the next call asks for the rest
 * alone. The file gets its name when its size and its SHA-256 are right.
 *
 * Source:  https://csrc.nist.gov/pubs/fips/180-4/upd1/final (SHA-256)
 * Chapter: notebooks/01-tokens.ipynb
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { cacheFolder } from "./cache-folder.ts";
import { DataError } from "./errors.ts";
import { fetchRest, sizeOf, writing } from "./fetch-rest.ts";

export interface Download {
  /** http or https. */
  readonly url: string;
  /** Where it is kept, below the cache folder: "tiny-shakespeare/input.txt". */
  readonly file: string;
  /** Size of the whole file. */
  readonly bytes: number;
  /** SHA-256 of the whole file: 64 hexadecimal digits in lower case. */
  readonly sha256: string;
}

export interface DownloadOptions {
  /** Where downloads are kept; by default `cacheFolder()`. */
  readonly folder?: string;
  /** Hears, as it grows, how many bytes of the file are there; nothing when the cache has it. */
  readonly onProgress?: (bytes: number) => void;
  /** Ends the download; what has come is kept. */
  readonly signal?: AbortSignal;
}

/**
 * The absolute path of the file: from the cache when it is there, else from the network.
 *
 * Throws `DataError` when there is no network, the server refuses, the connection breaks, size or
 * checksum are wrong, or the folder cannot be written; the message says what to do. After Stop it
 * throws `Interrupted`, after an abort of `signal` the signal's reason.
 */
export async function download(
  wanted: Download,
  { folder = cacheFolder(), onProgress, signal }: DownloadOptions = {},
): Promise<string> {
  const path = join(folder, wanted.file);
  const byHand = `Or get the file in another way and put it at ${path} (${wanted.bytes} bytes, SHA-256 ${wanted.sha256})`;
  if ((await sizeOf(path)) === undefined) {
    const part = `${path}.part`;
    await writing(() => mkdir(dirname(path), { recursive: true }));
    await fetchRest(wanted, { part, byHand, onProgress, signal });
    await finish(wanted, { part, path, byHand });
  } else {
    const problem = await whatIsWrong(path, wanted);
    if (problem !== undefined) {
      throw new DataError(`download: ${problem} in ${path}. Delete that file and run this again`);
    }
  }
  return path;
}

/** Gives the part its name if it is right; throws it away if it is not. */
async function finish(
  wanted: Download,
  { part, path, byHand }: { readonly part: string; readonly path: string; readonly byHand: string },
): Promise<void> {
  // Another process that downloads the same file may be first to name it.
  const file = (await sizeOf(part)) === undefined ? path : part;
  const problem = await whatIsWrong(file, wanted);
  if (problem !== undefined) {
    await rm(file, { force: true });
    throw new DataError(
      `download: ${problem} from ${wanted.url}. Run this again; if it fails once more, the file there has changed. ${byHand}`,
    );
  }
  if (file === path) return;
  await rename(part, path).catch(async (error: unknown) => {
    if ((await sizeOf(path)) !== wanted.bytes) throw error;
  });
}

/** "expected …, got …" for a file that has not the size or the checksum wanted. */
async function whatIsWrong(path: string, wanted: Download): Promise<string | undefined> {
  const size = await sizeOf(path);
  if (size !== wanted.bytes) return `expected ${wanted.bytes} bytes, got ${size ?? "no file"}`;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  const sum = hash.digest("hex");
  return sum === wanted.sha256 ? undefined : `expected SHA-256 ${wanted.sha256}, got ${sum}`;
}
