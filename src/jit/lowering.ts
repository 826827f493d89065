/**
 * How a graph is made to run on an engine: each engine that can has a folder here, with a file `lowering`.
 *
 * Source:  https://www.tensorflow.org/mlir/dialects, on lowering one list of operations to another
 * Chapter: notebooks/00-start.ipynb
 */
import { existsSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

import type * as tf from "@tensorflow/tfjs";

import type { Graph } from "./graph.ts";

/** A graph that is ready to run. */
export interface Executable {
  /**
   * Runs the graph once for these arguments: the new tensors of its results, then those of its updates.
   *
   * It reads the variables and writes none. Throws `ShapeError` for an argument of another shape or type.
   */
  readonly run: (args: readonly tf.Tensor[]) => readonly tf.Tensor[];
  /** Frees what the engine holds for it. */
  readonly dispose: () => void;
}

export interface EngineLowering {
  /** The first kernel of the graph that it cannot say, or undefined. */
  readonly missingKernel: (graph: Graph) => string | undefined;
  /** Makes a graph ready to run. */
  readonly lower: (graph: Graph) => Promise<Executable>;
}

/** The lowering for an engine, or undefined when it has none: then a graph runs there operation by operation. */
export async function loadLowering(engine: string): Promise<EngineLowering | undefined> {
  const ending = extname(fileURLToPath(import.meta.url));
  const file = new URL(`./${engine}/lowering${ending}`, import.meta.url);
  if (!existsSync(file)) return undefined;
  const { lowering } = (await import(file.href)) as { readonly lowering: EngineLowering };
  return lowering;
}
