/**
 * What the process must be like before TensorFlow is loaded into it: threads, log, two functions of Node.
 *
 * Source:  https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/core/common_runtime/process_util.cc
 * Chapter: notebooks/00-start.ipynb
 */
import { availableParallelism } from "node:os";
import util from "node:util";

/**
 * Operations that do not need each other run side by side, each on one thread: for graphs of many small
 * operations that is faster than splitting each one. TensorFlow reads these when it is loaded.
 */
const VARIABLES: Readonly<Record<string, string>> = {
  TF_NUM_INTRAOP_THREADS: "1",
  TF_NUM_INTEROP_THREADS: String(availableParallelism()),
  TF_CPP_MIN_LOG_LEVEL: "1", // warnings and errors, no information
};

/** Sets what the user has not set, and gives back to `util` what Node 23 took away and the package calls. */
export function prepareProcess(): void {
  for (const [name, value] of Object.entries(VARIABLES)) process.env[name] ??= value;
  // Node 22 still has them, and warns at each first call.
  if (Number(process.versions.node.split(".")[0]) < 22) return;
  define("isNullOrUndefined", (value) => value === null || value === undefined);
  define("isArray", Array.isArray);
}

/** "2 threads": on how many of them TensorFlow computes. */
export function threads(): string {
  const each = Math.max(
    ...["TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"].map(
      // 0 leaves the number to TensorFlow, which takes one for each core.
      (name) => Number(process.env[name]) || availableParallelism(),
    ),
  );
  return each === 1 ? "1 thread" : `${each} threads`;
}

function define(name: string, value: (tested: unknown) => boolean): void {
  Object.defineProperty(util, name, { value, writable: true, configurable: true });
}
