/**
 * Tokenizers: encoding beside gpt-tokenizer, learning beside Hugging Face tokenizers.
 *
 * Source:  https://www.npmjs.com/package/gpt-tokenizer and https://github.com/huggingface/tokenizers
 * Chapter: notebooks/01-tokens.ipynb
 */
import { join } from "node:path";

import { packageRoot } from "../core/package-root.ts";
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from "./benchmark.ts";
import { PythonProcess } from "./python-process.ts";
import { referencePython } from "./reference-python.ts";
import { book, bookAndSpeeches } from "./texts.ts";
import { trainingWork } from "./training.ts";
import { timeWorks } from "./works.ts";

async function run(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const path = await referencePython({ onStep: (what) => options.onProgress?.(0, what) });
  const script = join(packageRoot(), "src", "bench", "tokenizers.py");
  const python = new PythonProcess(script, { python: path });
  try {
    const versions = (await python.ask({ do: "versions" })) as Record<string, string>;
    const works = [
      trainingWork({
        name: "learn 4,096 tokens from Moby-Dick",
        seconds: 2,
        texts: book,
        vocabulary: 4096,
        python,
      }),
      trainingWork({
        name: "learn 8,192 tokens from Moby-Dick and speeches",
        seconds: 10,
        texts: bookAndSpeeches,
        vocabulary: 8192,
        python,
      }),
    ];
    return { comparisons: await timeWorks(works, options), versions };
  } finally {
    await python.end();
  }
}

/** Both sides on the same texts. */
export const benchmark: Benchmark = {
  name: "tokenizer",
  summary: "encoding beside gpt-tokenizer, learning byte pairs beside Hugging Face tokenizers",
  rounds: 5,
  minutes: 2,
  run,
};
