/** One step on every engine that loads, operation by operation and as a graph. */
import * as tf from "@tensorflow/tfjs";

import { engineNames, useEngine } from "../../src/backend/engine.ts";
import { compile } from "../../src/jit/compile.ts";
import { tensorFlowIsRequired } from "../backend/tensorflow-required.ts";

/** What a step gave somewhere: the numbers of each of its tensors. */
export interface Outcome {
  /** "wasm", or "tensorflow, compiled". */
  readonly where: string;
  readonly results: readonly (readonly number[])[];
}

/** The engines on this machine, `cpu` last. */
export const engines = engineNames.filter((name) => name !== "tensorflow" || tensorFlowIsRequired);

/** Runs a step in every way; the last outcome is that of `cpu`, operation by operation. */
export async function everywhere(
  step: (...args: tf.Tensor[]) => tf.Tensor[],
  makeArguments: () => tf.Tensor[],
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const engine of engines) {
    await useEngine(engine);
    const args = makeArguments();
    const before = tf.memory().numTensors;
    if (engine === "tensorflow") {
      const compiled = compile(step);
      await compiled.ready(...args);
      outcomes.push({ where: "tensorflow, compiled", results: numbersOf(compiled(...args)) });
      const { fallback } = compiled.stats();
      if (fallback !== null) throw new Error(`expected a graph, got none: ${fallback}`);
      compiled.dispose();
    }
    outcomes.push({ where: engine, results: numbersOf(step(...args)) });
    const left = tf.memory().numTensors - before;
    if (left !== 0) throw new Error(`expected no tensor left on ${engine}, got ${left}`);
    tf.dispose(args);
  }
  return outcomes;
}

function numbersOf(tensors: tf.Tensor[]): readonly (readonly number[])[] {
  const numbers = tensors.map((tensor) => Array.from(tensor.dataSync()));
  tf.dispose(tensors);
  return numbers;
}

/** The largest |found − expected| / max(1, |expected|) between two outcomes; infinite when their sizes differ. */
export function distance(found: Outcome, expected: Outcome): number {
  const a = found.results.flat();
  const b = expected.results.flat();
  if (a.length !== b.length) return Infinity;
  return Math.max(
    ...b.map((y, place) => Math.abs((a[place] as number) - y) / Math.max(1, Math.abs(y))),
  );
}
