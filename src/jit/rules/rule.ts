/**
 * What a rule of simplification is: a look at one operation that may know a simpler value for it.
 *
 * Source:  https://mlir.llvm.org/docs/PatternRewriter/, on rewriting operations by local patterns
 * Chapter: notebooks/00-start.ipynb
 */
import {
  reshapeOf,
  sameShape,
  typeOf,
  type Operation,
  type TensorType,
  type Value,
} from "../graph.ts";

/** Adds to the graph that is being built; what is equal to something there is not added again. */
export interface Builder {
  /** An operation of one output; the rules see it first. */
  readonly operation: (operation: Operation) => Value;
  /** A tensor filled with one number. */
  readonly constant: (value: number, type: TensorType) => Value;
}

/** A simpler value for the one output of an operation, or undefined. */
export type Rule = (operation: Operation, builder: Builder) => Value | undefined;

/** The number that fills a constant, or undefined when there is none. */
export function fillOf({ node }: Value): number | undefined {
  return node.kind === "constant" && node.values.length === 1 ? node.values[0] : undefined;
}

/** The operation that made a value, if it is of that kernel. */
export function madeBy(kernel: string, { node }: Value): Operation | undefined {
  return node.kind === "operation" && node.kernel === kernel ? node : undefined;
}

/** A value in the shape that it broadcasts to. */
export function broadcast(value: Value, shape: readonly number[], builder: Builder): Value {
  const type = typeOf(value);
  if (sameShape(type.shape, shape)) return value;
  const fill = fillOf(value);
  if (fill !== undefined) return builder.constant(fill, { shape, dtype: type.dtype });
  return builder.operation({
    kind: "operation",
    kernel: "BroadcastTo",
    inputs: [value],
    inputNames: ["x"],
    attributes: { shape },
    outputs: [{ shape, dtype: type.dtype }],
  });
}

/** The same numbers in another shape. */
export function reshape(value: Value, shape: readonly number[], builder: Builder): Value {
  return builder.operation(reshapeOf(value, shape));
}
