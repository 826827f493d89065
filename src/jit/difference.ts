/**
 * Where a lowered graph and its replay part: every node compared, in order.
 *
 * A wrong lowering shows as one node whose inputs agree and whose output does not; rounding shows as a drift that grows
 * slowly along the list.
 *
 * Source:  Higham (2002), "Accuracy and Stability of Numerical Algorithms", section 3.1
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { Graph, Node, Value } from "./graph.ts";
import type { EngineLowering } from "./lowering.ts";
import { replay } from "./replay.ts";

/** One output of one node, computed in both ways. */
export interface NodeDifference {
  readonly value: Value;
  /** ‖lowered − replayed‖ / ‖replayed‖; 0 where both are zero. */
  readonly relative: number;
}

/** The differences of all operations of a graph for these arguments, in the order of the graph; variables stay. */
export async function nodeDifferences(
  graph: Graph,
  args: readonly tf.Tensor[],
  { lowering }: { readonly lowering: EngineLowering },
): Promise<readonly NodeDifference[]> {
  const values = graph.nodes.flatMap((node: Node) =>
    node.kind === "operation" ? node.outputs.map((_, output): Value => ({ node, output })) : [],
  );
  const open: Graph = { nodes: graph.nodes, results: values, updates: [] };
  const lowered = await lowering.lower(open);
  try {
    const expected = replay(open).run(args);
    const found = lowered.run(args);
    const differences = values.map((value, place) => ({
      value,
      relative: relativeDifference(found[place] as tf.Tensor, expected[place] as tf.Tensor),
    }));
    tf.dispose([...expected, ...found]);
    return differences;
  } finally {
    lowered.dispose();
  }
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
