/**
 * The engine `cpu`: plain JavaScript, slow, exact, and never missing.
 *
 * Source:  https://github.com/tensorflow/tfjs/tree/tfjs-v4.22.0/tfjs-backend-cpu
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { LoadedEngine } from "./start.ts";

/** Readies the backend that comes with TensorFlow.js. */
export function loadCpu(): Promise<LoadedEngine> {
  // At its first use it would advise, on stderr, to install the engine that the reader did without.
  Object.assign(tf.findBackend("cpu"), { firstUse: false });
  return Promise.resolve({ version: tf.version_core, device: "CPU, 1 thread, JavaScript" });
}
