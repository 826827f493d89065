/**
 * Tokenizers: encoding beside gpt-tokenizer, learning beside Hugging Face tokenizers.
 *
 * Source:  https://www.npmjs.com/package/gpt-tokenizer and https://github.com/huggingface/tokenizers
 * Chapter: notebooks/01-tokens.ipynb
 */
import { join } from "node:path";

import { packageRoot } from "../core/package-root.ts";
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from "./benchmark.ts";
import { encodingWorks } from "./encoding.ts";
import { PythonProcess } from "./python-process.ts";
import { referencePython } from "./reference-python.ts";
import { installedVersion } from "./report.ts";
import { book, bookAndSpeeches, code } from "./texts.ts";
import { trainingWork } from "./training.ts";
import { timeWorks } from "./works.ts";

async function run(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const path = await referencePython({ onStep: (what) => options.onProgress?.(0, what) });
  const script = join(packageRoot(), "src", "bench", "tokenizers.py");
  const python = new PythonProcess(script, { python: path });
  try {
    const versions = {
      "gpt-tokenizer": installedVersion("gpt-tokenizer"),
      typescript: installedVersion("typescript"),
      ...((await python.ask({ do: "versions" })) as Record<string, string>),
    };
    const texts = [
      { title: "Moby-Dick", text: () => book().join("\n\n"), seconds: 0.4 },
      { title: "JavaScript", text: code, seconds: 1.2 },
    ];
    const works = [
      ...texts.flatMap((one) =>
        (["gpt2", "cl100k_base"] as const).flatMap((vocabulary) =>
          encodingWorks({ ...one, vocabulary }),
        ),
      ),
      trainingWork({
        name: "learn 4,096 tokens from Moby-Dick",
        seconds: 0.3,
        texts: book,
        vocabulary: 4096,
        python,
      }),
      trainingWork({
        name: "learn 8,192 tokens from Moby-Dick and speeches",
        seconds: 2,
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
  rounds: 10,
  minutes: 1,
  run,
};
