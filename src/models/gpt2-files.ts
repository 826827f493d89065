/**
 * The files of the smallest GPT-2, 124 million weights: downloaded once and checked.
 *
 * Source:  https://huggingface.co/openai-community/gpt2 at the revision below; MIT licence
 * Chapter: notebooks/12-gpt.ipynb
 */
import { dirname } from "node:path";

import { download, type Download, type DownloadOptions } from "../core/download.ts";

const REVISION = "607a30d783dfa663caf39e06633721c8d4cfcd7e";

function file(name: string, bytes: number, sha256: string): Download {
  const url = `https://huggingface.co/openai-community/gpt2/resolve/${REVISION}/${name}`;
  return { url, file: `gpt2/${name}`, bytes, sha256 };
}

const config = file(
  "config.json",
  665,
  "0daed7749b4f02b8f76240d5444551d7b08712dab4d0adb8239c56ba823bb7b4",
);
const weights = file(
  "model.safetensors",
  548_105_171,
  "248dfc3911869ec493c76e65bf2fcf7f615828b0254c12b473182f0f81d3a707",
);

/**
 * The folder with the smallest GPT-2, for `loadGpt2`: 548 MB from Hugging Face, or from the cache when they are there.
 *
 * `onProgress` hears how many bytes of the weights have come. Throws as `download` of core/download does: without a
 * network the message says where to put the files by hand.
 */
export async function downloadGpt2(options: DownloadOptions = {}): Promise<string> {
  const { onProgress, ...rest } = options;
  await download(config, rest);
  return dirname(await download(weights, { ...rest, ...(onProgress && { onProgress }) }));
}
