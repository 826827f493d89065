/**
 * Fetch what is missing of a file that began to come earlier.
 *
 * Each byte is written at its own place, never appended: two processes that fetch the same file at
 * once write the same bytes, and neither harms the other.
 *
 * Source:  https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
 * Chapter: notebooks/01-tokens.ipynb
 */
import { constants } from "node:fs";
import { open, rm, stat } from "node:fs/promises";

import { Connection } from "./connection.ts";
import { DataError } from "./errors.ts";

export interface Rest {
  /** The file that grows; it need not be there. */
  readonly part: string;
  /** What a reader without network can do, for messages. */
  readonly byHand: string;
  /** Hears how many bytes are there. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Source {
  readonly url: string;
  readonly bytes: number;
}

/**
 * Grows `part` to `bytes` bytes from `url`: from where it ends now, if the server can do that.
 *
 * Throws `DataError` when there is no network, the server refuses or offers another size, the
 * connection breaks, or the file cannot be written; `Interrupted` after Stop; the reason of `signal`.
 */
export async function fetchRest(source: Source, rest: Rest): Promise<void> {
  const { url, bytes } = source;
  const { part, byHand, onProgress, signal } = rest;
  let there = (await sizeOf(part)) ?? 0;
  if (there === bytes) return;
  if (there > bytes) {
    await writing(() => rm(part));
    there = 0;
  }
  const connection = new Connection(signal);
  try {
    const response = await connection.use(
      () => ask(url, there, connection.signal),
      (reason) =>
        `expected an answer from ${url}, got "${reason}". Go online and run this again. ${byHand}`,
    );
    if (response.status !== 206) there = 0;
    const offered = response.headers.get("content-length");
    expectFile(source, {
      response,
      size: offered === null ? bytes : there + Number(offered),
      byHand,
    });

    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const file = await writing(() => open(part, constants.O_WRONLY | constants.O_CREAT));
    try {
      for (;;) {
        const { done, value } = await connection.use(
          () => reader.read(),
          (reason) =>
            `expected ${bytes} bytes from ${url}, got ${there} and then "${reason}". Run this again: it goes on from there`,
        );
        if (done) break;
        await writing(() => file.write(value, 0, value.length, there));
        there += value.length;
        onProgress?.(there);
      }
    } finally {
      await file.close();
    }
  } finally {
    connection.close();
  }
}

/** Bytes of a file, or undefined where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}

/** What writes to the cache: an error of the disk becomes a `DataError` that says what to do. */
export async function writing<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new DataError(
      `download: expected a folder to write to, got "${(error as Error).message}". Set GLASSBOX_CACHE to a folder that is yours and has room`,
      { cause: error },
    );
  }
}

/** The answer with the rest after `there` bytes (206), or with the whole file (200). */
async function ask(url: string, there: number, signal: AbortSignal): Promise<Response> {
  // Compressed bytes would be counted in another way than those of the file.
  const headers = { "accept-encoding": "identity" };
  if (there > 0) {
    const range = { ...headers, range: `bytes=${there}-` };
    const response = await fetch(url, { headers: range, signal });
    const from = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1];
    if (response.status === 200 || (response.status === 206 && Number(from) === there)) {
      return response;
    }
    await response.body?.cancel();
  }
  return fetch(url, { headers, signal });
}

function expectFile(
  { url, bytes }: Source,
  { response, size, byHand }: { response: Response; size: number; byHand: string },
): void {
  if (!response.ok || response.body === null) {
    throw new DataError(
      `download: expected the file at ${url}, got HTTP status ${response.status}. Run this again later. ${byHand}`,
    );
  }
  if (size !== bytes) {
    throw new DataError(
      `download: expected ${bytes} bytes from ${url}, got an offer of ${size}: the file there has changed. ${byHand}`,
    );
  }
}
