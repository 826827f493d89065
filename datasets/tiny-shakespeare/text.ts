/**
 * TinyShakespeare: 40,000 lines of Shakespeare's plays, the text that nanoGPT and many courses begin with.
 *
 * It is the one data set here that is downloaded, once, and checked; no test needs it.
 *
 * Source:  https://github.com/karpathy/char-rnn/tree/master/data/tinyshakespeare
 * Chapter: notebooks/01-tokens.ipynb
 */
import { readFile } from "node:fs/promises";

import { download } from "../../src/core/download.ts";
import type { Download, DownloadOptions } from "../../src/core/download.ts";

/** Where the text comes from, and how it is known to be the right one. */
export const tinyShakespeareFile: Download = {
  url: "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt",
  file: "tiny-shakespeare/input.txt",
  bytes: 1_115_394,
  sha256: "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
};

/**
 * The whole text: 1,115,394 characters, all of them ASCII.
 *
 * Downloaded on the first call, 1.1 MB, and read from the cache afterwards. Throws `DataError` when it
 * is not in the cache and cannot be downloaded; the message says how to put it there by hand.
 */
export async function tinyShakespeare(options: DownloadOptions = {}): Promise<string> {
  return readFile(await download(tinyShakespeareFile, options), "utf8");
}
