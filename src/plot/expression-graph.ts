/**
 * The graph of an expression: every number in its box, every operation an arrow into the next box.
 *
 * The top line of a box says the name or the operation, the second its number, the third its gradient. On each arrow
 * stands the local derivative, so that the chain rule can be read off: gradient at the end of an arrow times the number
 * on it, summed over all arrows that leave a box.
 *
 * Source:  the drawings of micrograd, https://github.com/karpathy/micrograd
 * Chapter: notebooks/03-learning.ipynb
 */
import type { TopLevelSpec } from "vega-lite";

import { DataError } from "../core/errors.ts";
import { chart, WIDTH, type Chart } from "./chart.ts";
import { rounded, say } from "./numbers.ts";
import { ink, series as colors } from "./palette.ts";

/** What is drawn of a number: a `Value` of autograd has it all. */
export interface GraphNode {
  readonly data: number;
  readonly gradient: number;
  readonly name: string;
  readonly operation: string;
  readonly inputs: readonly GraphNode[];
  /** The local derivative along each input. */
  readonly slopes: readonly number[];
}

export interface ExpressionGraphOptions {
  /** A sentence that says what is seen. */
  readonly title: string;
  /** Writes gradients and local derivatives. Default: true. */
  readonly gradients?: boolean;
}

/** The most boxes, and the most in a row: more cannot be read. */
const MOST_NODES = 24;
const MOST_COLUMNS = 7;

const BOX_WIDTH = 58;
const BOX_HEIGHT = 46;
const ROW = 70;

interface Placed {
  readonly node: GraphNode;
  /** Of the middle of its box, in pixels. */
  readonly x: number;
  readonly y: number;
}

/** The picture of all that `result` is computed from; throws a `DataError` when it is too large for one. */
export function expressionGraph(
  result: GraphNode,
  { title, gradients = true }: ExpressionGraphOptions,
): Chart {
  const columns = columnsOf(result);
  const count = columns.flat().length;
  if (count > MOST_NODES || columns.length > MOST_COLUMNS)
    throw new DataError(
      `expressionGraph: expected at most ${String(MOST_NODES)} numbers in ${String(MOST_COLUMNS)} columns, got at least ${String(count)} in ${String(columns.length)}; draw a part of the expression`,
    );
  const height = Math.max(...columns.map((column) => column.length)) * ROW;
  const placed = columns.flatMap((column, c) =>
    column.map((node, i): Placed => {
      const x = BOX_WIDTH / 2 + (c * (WIDTH - BOX_WIDTH)) / Math.max(columns.length - 1, 1);
      return { node, x, y: (height * (i + 0.5)) / column.length };
    }),
  );
  const placeOf = (node: GraphNode): Placed => placed.find((one) => one.node === node)!;
  const arrows = placed.flatMap(({ node, x, y }) =>
    node.inputs.map((input, i) => {
      const from = placeOf(input);
      return {
        x: from.x + BOX_WIDTH / 2,
        y: from.y,
        x2: x - BOX_WIDTH / 2,
        y2: y,
        // The same input twice: the second number stands lower.
        mx: (from.x + x) / 2,
        my: (from.y + y) / 2 + (node.inputs.indexOf(input) < i ? 10 : -2),
        slope: say(node.slopes[i]!),
      };
    }),
  );
  const boxes = placed.map(({ node, x, y }) => ({
    x: x - BOX_WIDTH / 2,
    x2: x + BOX_WIDTH / 2,
    y: y - BOX_HEIGHT / 2,
    y2: y + BOX_HEIGHT / 2,
    mx: x,
    label: labelOf(node),
    value: say(rounded(node.data)),
    ...(gradients ? { gradient: `∂ ${say(node.gradient)}` } : {}),
    given: node.inputs.length === 0,
  }));

  const x = {
    field: "x",
    type: "quantitative",
    axis: null,
    scale: { domain: [0, WIDTH] as number[], nice: false },
  } as const;
  const y = {
    field: "y",
    type: "quantitative",
    axis: null,
    scale: { domain: [height, 0] as number[], nice: false },
  } as const;
  const text = (
    field: string,
    dy: number,
    color: unknown,
    weight: "bold" | "normal" = "normal",
  ) => ({
    data: { values: boxes },
    mark: {
      type: "text" as const,
      fontSize: 11,
      dy,
      baseline: "middle" as const,
      fontWeight: weight,
    },
    encoding: {
      x: { ...x, field: "mx" },
      y,
      text: { field, type: "nominal" as const },
      color: { value: color },
    },
  });
  const body = {
    width: WIDTH,
    height,
    layer: [
      {
        data: { values: arrows },
        mark: { type: "rule", color: "#888888", strokeWidth: 1.5 },
        encoding: { x, y, x2: { field: "x2" }, y2: { field: "y2" } },
      },
      {
        data: { values: boxes },
        mark: { type: "rect", cornerRadius: 4, stroke: "#888888", strokeWidth: 0.8 },
        encoding: {
          x,
          y,
          x2: { field: "x2" },
          y2: { field: "y2" },
          color: {
            condition: { test: "datum.given", value: "#fdf1e3" },
            value: "#eef3fa",
          },
        },
      },
      text("label", 9, "#222222", "bold"),
      text("value", 23, "#222222"),
      ...(gradients
        ? [
            text("gradient", 37, colors[2]),
            {
              data: { values: arrows },
              mark: { type: "text" as const, fontSize: 10, baseline: "bottom" as const },
              encoding: {
                x: { ...x, field: "mx" },
                y: { ...y, field: "my" },
                text: { field: "slope", type: "nominal" as const },
                color: { value: ink },
              },
            },
          ]
        : []),
    ],
  } as unknown as TopLevelSpec & Readonly<Record<string, unknown>>;
  return chart(title, body, alt(title, columns.flat(), gradients));
}

/** The numbers by column: the result in the last one, each other right before the first that needs it. */
function columnsOf(result: GraphNode): GraphNode[][] {
  const depth = new Map<GraphNode, number>();
  const walk = (node: GraphNode, at: number): void => {
    if ((depth.get(node) ?? -1) >= at) return;
    // Again, when a longer way leads here; and set anew, so that the order is that of the last visit.
    depth.delete(node);
    depth.set(node, at);
    if (at > MOST_COLUMNS) return;
    for (const input of node.inputs) walk(input, at + 1);
  };
  walk(result, 0);
  const columns: GraphNode[][] = Array.from({ length: Math.max(...depth.values()) + 1 }, () => []);
  for (const [node, at] of depth) columns[columns.length - 1 - at]!.push(node);
  return columns;
}

function labelOf({ name, operation, inputs }: GraphNode): string {
  if (name !== "") return name;
  return inputs.length === 0 ? "number" : operation;
}

function alt(title: string, nodes: readonly GraphNode[], gradients: boolean): string {
  const told = nodes.map((node) => {
    const from = node.inputs.map(labelOf).join(" and ");
    const slope = gradients ? `, gradient ${say(node.gradient)}` : "";
    return `${labelOf(node)}${from === "" ? "" : ` of ${from}`} = ${say(rounded(node.data))}${slope}`;
  });
  return `Graph of an expression: ${title}. ${told.join("; ")}.`;
}
