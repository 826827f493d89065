/**
 * A broadcast before an elementwise operation is moved behind it, where there is less to compute, or vanishes.
 *
 * Filled constants lose their shape too: what is added to a tensor of ones is added to the number 1.
 *
 * Source:  https://www.tensorflow.org/xla/broadcasting; https://numpy.org/doc/stable/user/basics.broadcasting.html
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { typeOf, type Operation, type TensorType, type Value } from "../graph.ts";
import { findKernel } from "../kernels/kernel.ts";
import { broadcast, fillOf, madeBy, type Builder, type Rule } from "./rule.ts";

/** An elementwise operation on the smallest inputs that broadcast to the same. */
export const broadcastRule: Rule = (operation, builder) => {
  if (!broadcasts(operation)) return undefined;
  const inputs = operation.inputs.map((input) => narrowed(input, builder));
  if (inputs.every((input, place) => input === operation.inputs[place])) return undefined;
  const [type] = operation.outputs as readonly [TensorType];
  const shape = inputs
    .map((input) => [...typeOf(input).shape])
    .reduce((a, b) => tf.backend_util.assertAndGetBroadcastShape(a, b));
  return broadcast(
    computed(operation, { inputs, type: { ...type, shape } }, builder),
    type.shape,
    builder,
  );
};

/** Elementwise, of one input or of a and b: others, such as Select, want inputs of one shape on some engines. */
function broadcasts({ kernel, inputNames, outputs }: Operation): boolean {
  if (!findKernel(kernel)?.pointwise || outputs.length !== 1) return false;
  return inputNames.length === 1 || inputNames.join() === "a,b";
}

function computed(
  operation: Operation,
  { inputs, type }: { readonly inputs: readonly Value[]; readonly type: TensorType },
  builder: Builder,
): Value {
  return builder.operation({ ...operation, inputs, outputs: [type] });
}

/** What a broadcast value was before; a filled constant becomes one without axes. */
function narrowed(value: Value, builder: Builder): Value {
  const inner = madeBy("BroadcastTo", value)?.inputs[0];
  if (inner) return inner;
  const fill = fillOf(value);
  const { shape, dtype } = typeOf(value);
  return fill === undefined || shape.length === 0
    ? value
    : builder.constant(fill, { shape: [], dtype });
}
