/**
 * A text that two nodes share when they compute the same.
 *
 * Source:  Cocke and Schwartz (1970), "Programming Languages and Their Compilers", on value numbering
 * Chapter: notebooks/00-start.ipynb
 */
import { createHash } from "node:crypto";

import type { Constant, Node } from "./graph.ts";

/** The key of a node, given the numbers of the nodes before it; undefined for a leaf that is like no other. */
export function nodeKey(node: Node, numberOf: (node: Node) => number): string | undefined {
  if (node.kind === "constant") return constantKey(node);
  if (node.kind !== "operation") return undefined;
  const inputs = node.inputs.map(({ node: from, output }) => `${numberOf(from)}:${output}`);
  const attributes = JSON.stringify(node.attributes, writeNumber);
  return [node.kernel, node.inputNames.join(), inputs.join(), attributes].join("|");
}

function constantKey({ values, outputs: [{ shape, dtype }] }: Constant): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const digest = createHash("sha256").update(bytes).digest("hex");
  return `constant|${dtype}|${shape.join()}|${digest}`;
}

/** JSON knows neither infinities nor NaN, and writes −0 as 0. */
function writeNumber(_: string, value: unknown): unknown {
  if (Object.is(value, -0)) return "number -0";
  return typeof value === "number" && !Number.isFinite(value) ? `number ${value}` : value;
}
