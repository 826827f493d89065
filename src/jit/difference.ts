/**
 * Where the graph of a step and its replay part: every node compared, in order.
 *
 * A wrong lowering shows as one node whose inputs agree and whose output does not; rounding shows as a drift that grows
 * slowly along the list. A sum that would be zero without rounding has a large relative difference of its own.
 *
 * Source:  Higham (2002), "Accuracy and Stability of Numerical Algorithms", section 3.1
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ConfigError } from "../core/errors.ts";
import type { CallArguments } from "./compile.ts";
import { tensorType } from "./element-type.ts";
import { capturedBy, type Graph, type Node, type Value } from "./graph.ts";
import { loadLowering, type EngineLowering } from "./lowering.ts";
import { replay } from "./replay.ts";
import { simplify } from "./simplify.ts";
import { trace } from "./trace.ts";
import { flattenArguments, flattenResult } from "./tree.ts";

/** One output of one node, computed in both ways. */
export interface NodeDifference {
  readonly value: Value;
  /** ‖lowered − replayed‖ / ‖replayed‖; 0 where both are zero. */
  readonly relative: number;
}

/**
 * The differences of all operations of a step for these arguments, in the order in which it called them.
 *
 * The step is traced as `compile` does, and no variable changes. Throws `ConfigError` on an engine that runs no graphs,
 * and what a trace throws.
 */
export async function stepDifferences<A extends readonly unknown[]>(
  step: (...args: A) => unknown,
  args: CallArguments<A>,
): Promise<readonly NodeDifference[]> {
  const engine = tf.getBackend();
  const lowering = await loadLowering(engine);
  if (!lowering) {
    throw new ConfigError(
      `stepDifferences: expected an engine that runs graphs, got ${engine}; call \`await useEngine("tensorflow")\` first`,
    );
  }
  const flat = flattenArguments(args);
  const run = (tensors: readonly tf.Tensor[]): readonly tf.Tensor[] =>
    flattenResult(step(...(flat.rebuild(tensors) as A))).tensors;
  const graph = trace(run, flat.tensors.map(tensorType));
  try {
    return await nodeDifferences(simplify(graph), flat.tensors, lowering);
  } finally {
    tf.dispose([...flat.made, ...capturedBy(graph)]);
  }
}

async function nodeDifferences(
  { nodes }: Graph,
  args: readonly tf.Tensor[],
  lowering: EngineLowering,
): Promise<readonly NodeDifference[]> {
  const results = nodes.flatMap((node: Node) =>
    node.kind === "operation" ? node.outputs.map((_, output): Value => ({ node, output })) : [],
  );
  // Every value comes out, so that each can be compared.
  const open: Graph = { nodes, results, updates: [], optimizers: [] };
  const lowered = await lowering.lower(open);
  const expected = replay(open).run(args);
  const found = lowered.run(args);
  const differences = results.map((value, place) => ({
    value,
    relative: relativeDifference(found[place] as tf.Tensor, expected[place] as tf.Tensor),
  }));
  tf.dispose([...expected, ...found]);
  lowered.dispose();
  return differences;
}

function relativeDifference(found: tf.Tensor, expected: tf.Tensor): number {
  const a = found.dataSync();
  const b = expected.dataSync();
  let difference = 0;
  let size = 0;
  for (let place = 0; place < b.length; place++) {
    const [x, y] = [a[place] as number, b[place] as number];
    if (Object.is(x, y)) continue; // NaN in both, infinities of one sign
    difference += (x - y) ** 2;
  }
  for (const y of b) size += Number.isFinite(y) ? y ** 2 : 0;
  return difference === 0 ? 0 : Math.sqrt(difference / size);
}
