/**
 * Products of matrices, and sums of products along named axes.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Operations-Matrices
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { ShapeError } from "../../core/errors.ts";
import type { Attributes, TensorType } from "../graph.ts";
import { flagOf, textOf } from "./attributes.ts";
import type { Kernel } from "./kernel.ts";
import { broadcastShape, first, second, type Inputs } from "./input-types.ts";

/** (…, N, K) times (…, K, M), the leading axes broadcast: (…, N, M). */
function product(inputs: Inputs, attributes: Attributes): readonly TensorType[] {
  const { shape: a, dtype } = first(inputs);
  const { shape: b } = second(inputs);
  const rows = a.at(flagOf(attributes, "transposeA") ? -1 : -2) as number;
  const columns = b.at(flagOf(attributes, "transposeB") ? -2 : -1) as number;
  expectInner(inputs, attributes);
  const batch = broadcastShape(a.slice(0, -2), b.slice(0, -2));
  return [{ shape: [...batch, rows, columns], dtype }];
}

/** TensorFlow.js leaves this check to the engines. */
function expectInner(inputs: Inputs, attributes: Attributes): void {
  const { shape: a } = first(inputs);
  const { shape: b } = second(inputs);
  const columns = a.at(flagOf(attributes, "transposeA") ? -2 : -1);
  const rows = b.at(flagOf(attributes, "transposeB") ? -1 : -2);
  if (columns === rows) return;
  throw new ShapeError(
    `matMul: expected matrices whose inner sizes are equal, got (${a.join(", ")}) and (${b.join(", ")}), which meet at ${columns} and ${rows}; transpose or reshape one of them`,
  );
}

/** The output axes of an equation such as "bij,bjk->bik". */
function einsum(inputs: Inputs, attributes: Attributes): readonly TensorType[] {
  const { allDims, idDims, summedDims } = tf.backend_util.decodeEinsumEquation(
    textOf(attributes, "equation"),
    inputs.length,
  );
  const lengths = new Map<number, number>();
  idDims.forEach((axes, input) => {
    const { shape } = inputs[input] as TensorType;
    axes.forEach((axis, place) => lengths.set(axis, shape[place] as number));
  });
  // The axes of the output come first, in its order; those that are summed over follow.
  const shape = allDims
    .map((_, axis) => axis)
    .filter((axis) => !summedDims.includes(axis))
    .map((axis) => lengths.get(axis) as number);
  return [{ shape, dtype: first(inputs).dtype }];
}

/** Products of matrices, plain and fused with what follows, and sums of products by an equation. */
export const matmul: readonly Kernel[] = [
  { name: "BatchMatMul", inputs: ["a", "b"], outputs: product },
  // activation(a b + bias)
  {
    name: "_FusedMatMul",
    inputs: ["a", "b", "bias?", "preluActivationWeights?"],
    outputs: product,
  },
  { name: "Einsum", inputs: "list", outputs: einsum },
];
