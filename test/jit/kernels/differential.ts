import * as tf from "@tensorflow/tfjs";

import {
  outputsOf,
  typeOf,
  typeText,
  type Graph,
  type TensorType,
} from "../../../src/jit/graph.ts";
import "../../../src/jit/kernels/table.ts";
import { replay } from "../../../src/jit/replay.ts";
import { simplify } from "../../../src/jit/simplify.ts";
import { lowering } from "../../../src/jit/tensorflow/lowering.ts";
import { trace } from "../../../src/jit/trace.ts";
import type { KernelCase } from "./kernel-case.ts";

/** What one way to run a case computed: results, then gradients. */
export type Found = readonly FoundTensor[];

export interface FoundTensor {
  readonly type: string;
  readonly values: readonly number[];
}

/** One case, run in every way. */
export interface Comparison {
  /** Operation by operation, as it is written. */
  readonly eager: Found;
  /** What the table says that comes out, by its meanings. */
  readonly types: readonly string[];
  readonly lowered: Found;
  readonly replayed: Found;
  /** Lowered after simplification, which relies on what the table says of each kernel. */
  readonly simplified: Found;
}

/** A family of cases, traced as one step. */
export interface FamilyComparison {
  readonly graph: Graph;
  readonly simple: Graph;
  readonly comparisons: ReadonlyMap<KernelCase, Comparison>;
}

type TensorStep = (tensors: readonly tf.Tensor[]) => readonly tf.Tensor[];

/** Runs all cases of a family, in three graphs together: a graph for each would take a session for each. */
export async function compareFamily(cases: readonly KernelCase[]): Promise<FamilyComparison> {
  const prepared = cases.map((each) => {
    const args = each.inputs.map((input) => input.make());
    const step = withGradient(each, args);
    return { each, args, step, eager: step(args).map(found) };
  });
  const args = prepared.flatMap((each) => each.args);
  const types = cases.flatMap(({ inputs }) => inputs.map(({ type }) => type));
  const graph = trace((tensors) => {
    let place = 0;
    return prepared.flatMap(({ args, step }) => step(tensors.slice(place, (place += args.length))));
  }, types);
  const simple = simplify(graph);
  const ways = [
    (await lowering.lower(graph)).run(args).map(found),
    (await lowering.lower(simple)).run(args).map(found),
    replay(graph).run(args).map(found),
  ] as const;
  const foreseen = outputsOf(graph).map((value) => typeText(typeOf(value)));
  let place = 0;
  const comparisons = prepared.map(({ each, eager }): [KernelCase, Comparison] => {
    const [from, to] = [place, (place += eager.length)];
    const [lowered, simplified, replayed] = ways.map((way) => way.slice(from, to)) as unknown as [
      Found,
      Found,
      Found,
    ];
    const types = foreseen.slice(from, to);
    return [each, { eager, types, lowered, replayed, simplified }];
  });
  return { graph, simple, comparisons: new Map(comparisons) };
}

/** The results, then the gradient of their weighted sum for each input of real numbers. */
function withGradient(each: KernelCase, args: readonly tf.Tensor[]): TensorStep {
  if (each.gradientError !== undefined || !hasReal(each)) return each.step;
  const weights = each.step(args).map(weightsFor);
  return (tensors) => [...each.step(tensors), ...gradients(each, tensors, weights)];
}

/** Is there anything to derive by? */
function hasReal({ inputs }: KernelCase): boolean {
  return inputs.some(({ type }) => type.dtype === "float32");
}

/** Different for each element, so that no two gradients can be exchanged unseen. */
export function weightsFor({ shape, size }: tf.Tensor): tf.Tensor {
  return tf.tensor(
    Array.from({ length: size }, (_, place) => Math.cos(1 + place)),
    shape,
  );
}

/** The gradients of the weighted sum of all results; throws what TensorFlow.js throws when it has none. */
export function gradients(
  { step }: KernelCase,
  tensors: readonly tf.Tensor[],
  weights: readonly tf.Tensor[],
): readonly tf.Tensor[] {
  const isReal = tensors.map(({ dtype }) => dtype === "float32");
  const loss = (...reals: tf.Tensor[]): tf.Scalar => {
    const left = [...reals];
    const all = tensors.map((each, place) => (isReal[place] ? (left.shift() as tf.Tensor) : each));
    const sums = step(all).map((result, place) =>
      tf.sum(tf.mul(tf.cast(result, "float32"), weights[place] as tf.Tensor)),
    );
    return tf.addN(sums) as tf.Scalar;
  };
  return tf.grads(loss)(tensors.filter((_, place) => isReal[place]));
}

function found(tensor: tf.Tensor): FoundTensor {
  const { shape, dtype } = tensor;
  const type = typeText({ shape, dtype: dtype as TensorType["dtype"] });
  return { type, values: Array.from(tensor.dataSync()) };
}
