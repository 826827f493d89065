/**
 * The largest or the mean of each window of a picture, their gradients, and the normalization of batches.
 *
 * Axes:    B batch, H height, W width, C channels
 * Source:  https://js.tensorflow.org/api/latest/#maxPool; Ioffe and Szegedy (2015), https://arxiv.org/abs/1502.03167
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { Attributes, TensorType } from "../graph.ts";
import type { Kernel } from "./kernel.ts";

/** What a pooling of a picture (B, H, W, C) does. */
export function poolingShape(
  picture: readonly number[],
  attributes: Attributes,
): ReturnType<typeof tf.backend_util.computePool2DInfo> {
  return tf.backend_util.computePool2DInfo(
    [...picture] as [number, number, number, number],
    attributes.filterSize as number | [number, number],
    attributes.strides as number | [number, number],
    1,
    attributes.pad as "valid" | "same" | number,
    attributes.dimRoundingMode as "floor" | "round" | "ceil" | undefined,
  );
}

function pool(name: string): Kernel {
  return {
    name,
    inputs: ["x"],
    outputs: ([x], attributes) => {
      const { shape, dtype } = x as TensorType;
      return [{ shape: poolingShape(shape, attributes).outShape, dtype }];
    },
  };
}

export const poolings: readonly Kernel[] = [
  pool("MaxPool"),
  pool("AvgPool"),
  {
    name: "MaxPoolGrad",
    inputs: ["dy", "input", "output"],
    outputs: ([, input]) => [input as TensorType],
  },
  { name: "AvgPoolGrad", inputs: ["dy", "input"], outputs: ([, input]) => [input as TensorType] },
  {
    name: "FusedBatchNorm",
    inputs: ["x", "mean", "variance", "offset?", "scale?"],
    outputs: ([x]) => [x as TensorType],
  },
];
