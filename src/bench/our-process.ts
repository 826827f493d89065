/**
 * A process of ours as a side of a benchmark: a worker of this folder, with threads of its own.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/01-tokens.ipynb
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { packageRoot } from "../core/package-root.ts";
import { AnsweringProcess } from "./answering-process.ts";

/** Starts the worker at a path below src/bench, its threads set before TensorFlow is loaded: "jit/worker". */
export function ourProcess(
  worker: string,
  { threads }: { readonly threads: number },
): AnsweringProcess {
  // From the build: Node 20 reads no TypeScript.
  const script = join(packageRoot(), "dist", "src", "bench", `${worker}.js`);
  const start = `import(${JSON.stringify(pathToFileURL(script).href)}).then(({ answerAll }) => answerAll())`;
  return new AnsweringProcess({
    name: script,
    command: [process.execPath, "--eval", start],
    // Operations side by side, each on one thread: the fastest way for a graph of many small ones.
    env: { TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: String(threads) },
  });
}
