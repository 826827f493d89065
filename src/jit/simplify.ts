/**
 * The same graph with less in it: equal nodes once, views and broadcasts out of the way, nothing that nobody needs.
 *
 * The nodes are rebuilt in order. Each operation is offered to the rules, which may know a simpler value for it; else
 * it is kept, unless an equal one is there (value numbering). In the end what no result needs is left out.
 *
 * Source:  Cocke and Schwartz (1970), "Programming Languages and Their Compilers", on value numbering
 * Chapter: notebooks/00-start.ipynb
 */
import { arrayOf } from "./constant.ts";
import type { Graph, Node, Operation, TensorType, Value } from "./graph.ts";
import { nodeKey } from "./node-key.ts";
import { arithmeticRule } from "./rules/arithmetic.ts";
import { broadcastRule } from "./rules/broadcasts.ts";
import type { Builder, Rule } from "./rules/rule.ts";
import { viewRule } from "./rules/views.ts";

/** Offered in this order: a view or a constant first, so that the others see through it. */
const RULES: readonly Rule[] = [viewRule, arithmeticRule, broadcastRule];

/** A graph that computes the same in fewer operations. */
export function simplify(graph: Graph): Graph {
  const builder = new Rebuilder();
  const made = new Map<Node, readonly Value[]>();
  const now = ({ node, output }: Value): Value =>
    (made.get(node) as readonly Value[])[output] as Value;
  for (const node of graph.nodes) {
    made.set(
      node,
      node.kind === "operation"
        ? builder.operations({ ...node, inputs: node.inputs.map(now) })
        : [builder.leaf(node)],
    );
  }
  const results = graph.results.map(now);
  const updates = graph.updates.map(({ variable, value }) => ({ variable, value: now(value) }));
  const needed = reachable([...results, ...updates.map(({ value }) => value)]);
  const nodes = builder.nodes.filter((node) => needed.has(node) || node.kind === "argument");
  return { nodes, results, updates, optimizers: graph.optimizers };
}

class Rebuilder implements Builder {
  readonly nodes: Node[] = [];
  readonly #known = new Map<string, Node>();
  readonly #numbers = new Map<Node, number>();

  leaf(node: Node): Value {
    return { node: this.#once(node), output: 0 };
  }

  operation(operation: Operation): Value {
    return this.operations(operation)[0] as Value;
  }

  operations(operation: Operation): readonly Value[] {
    for (const rule of RULES) {
      const simpler = rule(operation, this);
      if (simpler) return [simpler];
    }
    const node = this.#once(operation);
    return node.outputs.map((_, output) => ({ node, output }));
  }

  constant(value: number, { shape, dtype }: TensorType): Value {
    return this.leaf({
      kind: "constant",
      values: arrayOf(dtype, [value]),
      outputs: [{ shape, dtype }],
    });
  }

  /** The node itself, or an equal one that is there. */
  #once(node: Node): Node {
    const key = nodeKey(node, (each) => this.#numbers.get(each) as number);
    const known = key === undefined ? undefined : this.#known.get(key);
    if (known) return known;
    this.#numbers.set(node, this.nodes.length);
    this.nodes.push(node);
    if (key !== undefined) this.#known.set(key, node);
    return node;
  }
}

/** Every node that these values are computed from. */
function reachable(values: readonly Value[]): ReadonlySet<Node> {
  const found = new Set<Node>();
  const waiting = values.map(({ node }) => node);
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    if (node.kind === "operation") waiting.push(...node.inputs.map((input) => input.node));
  }
  return found;
}
