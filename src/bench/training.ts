/**
 * Learning byte pairs: ours beside Hugging Face tokenizers on one thread.
 *
 * Both start with the texts in memory and end with the merges; both cut by GPT-2's rule, begin with 256 bytes and join
 * no pair that occurs once.
 *
 * Source:  https://github.com/huggingface/tokenizers
 * Chapter: notebooks/01-tokens.ipynb
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DataError } from "../core/errors.ts";
import { toByteLetters } from "../text/byte-letters.ts";
import { trainBytePairs } from "../text/byte-pair-training.ts";
import type { BytePairs } from "../text/byte-pairs.ts";
import type { PythonProcess } from "./python-process.ts";
import { secondsOf } from "./rounds.ts";
import { megabytes } from "./texts.ts";
import type { Work } from "./works.ts";

/** What is learned from, how many tokens, and the running tokenizers.py. */
export interface TrainingWork {
  readonly name: string;
  readonly seconds: number;
  readonly texts: () => readonly string[];
  readonly vocabulary: number;
  readonly python: PythonProcess;
}

/** Learning `vocabulary` tokens from some texts, as a piece of work for both sides. */
export function trainingWork({ name, seconds, texts, vocabulary, python }: TrainingWork): Work {
  return {
    name,
    seconds,
    async prepare() {
      const all = texts();
      await handOver(all, python);
      await trainTheirs(python, vocabulary);
      const { merges: theirs } = await python.ask({ do: "merges" });
      const ours = mergesOf(trainBytePairs(all, { vocabulary }));
      return {
        amount: megabytes(all),
        unit: "MB",
        ours: {
          name: "glassbox",
          round: () => secondsOf(() => trainBytePairs(all, { vocabulary })),
        },
        theirs: { name: "tokenizers", round: () => trainTheirs(python, vocabulary) },
        findings: [compareMerges(ours, theirs as readonly (readonly [string, string])[])],
      };
    },
  };
}

/** Each merge as the byte letters of its left and right token. */
function mergesOf({ tokens, merges = [] }: BytePairs): readonly (readonly [string, string])[] {
  const letters = (id: number): string => toByteLetters(tokens[id] as Uint8Array);
  return merges.map(([left, right]) => [letters(left), letters(right)]);
}

/** Says whether both learned the same, and if not, how far they did. */
function compareMerges(
  ours: readonly (readonly [string, string])[],
  theirs: readonly (readonly [string, string])[],
): string {
  const first = ours.findIndex(
    ([left, right], i) => left !== theirs[i]?.[0] || right !== theirs[i]?.[1],
  );
  if (first === -1 && ours.length === theirs.length)
    return `all ${ours.length} merges are the same`;
  const same = new Set(theirs.map((pair) => pair.join(" ")));
  const common = ours.filter((pair) => same.has(pair.join(" "))).length;
  const place = first === -1 ? ours.length : first;
  return `${common} of ${ours.length} and ${theirs.length} merges are in both, the first that differs is number ${place + 1}`;
}

/** Puts the texts into the memory of the Python side, through a file that is removed again. */
async function handOver(texts: readonly string[], python: PythonProcess): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "glassbox-bench-"));
  try {
    const path = join(folder, "texts.json");
    writeFileSync(path, JSON.stringify(texts));
    await python.ask({ do: "read", path });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function trainTheirs(python: PythonProcess, vocabulary: number): Promise<number> {
  const { seconds } = await python.ask({ do: "train", vocabulary });
  if (typeof seconds !== "number") {
    throw new DataError(`tokenizers.py: expected seconds, got ${String(seconds)}; see its train`);
  }
  return seconds;
}
