/**
 * Poolings and their gradients in operations of TensorFlow.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops/MaxPool
 * Chapter: notebooks/00-start.ipynb
 */
import { pooling2D, pooling3D } from "../kernels/window.ts";
import type { Attribute } from "./attr-value.ts";
import type { Call, Lowering, Operand } from "./kernel-lowering.ts";
import { operand, typeOfFirst } from "./operands.ts";
import { format, padding, size, strides } from "./window.ts";

function told(call: Call, { type: { shape } }: Operand): readonly Attribute[] {
  const window =
    shape.length === 5 ? pooling3D(shape, call.attributes) : pooling2D(shape, call.attributes);
  return [typeOfFirst(call), size(window), strides(window), padding(window), format(window)];
}

function pool(operation: string): Lowering {
  return (call) => {
    const x = operand(call, "x");
    return [call.graph.operation(operation, told(call, x), [x.ref])];
  };
}

/** The gradient goes to the element that was the largest. */
function largestGradient(operation: string): Lowering {
  return (call) => {
    const input = operand(call, "input");
    const inputs = [input.ref, operand(call, "output").ref, operand(call, "dy").ref];
    return [call.graph.operation(operation, told(call, input), inputs)];
  };
}

/** The gradient is shared out. */
function meanGradient(operation: string): Lowering {
  return (call) => {
    const input = operand(call, "input");
    const inputs = [call.graph.ints(input.type.shape), operand(call, "dy").ref];
    return [call.graph.operation(operation, told(call, input), inputs)];
  };
}

/** The largest and the mean element of each window, and their gradients, lowered. */
export const pooling: Readonly<Record<string, Lowering>> = {
  AvgPool: pool("AvgPool"),
  AvgPool3D: pool("AvgPool3D"),
  AvgPool3DGrad: meanGradient("AvgPool3DGrad"),
  AvgPoolGrad: meanGradient("AvgPoolGrad"),
  MaxPool: pool("MaxPool"),
  MaxPool3D: pool("MaxPool3D"),
  MaxPool3DGrad: largestGradient("MaxPool3DGrad"),
  MaxPoolGrad: largestGradient("MaxPoolGrad"),
};
