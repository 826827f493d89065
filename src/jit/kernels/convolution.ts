/**
 * Convolutions of pictures, plain and depthwise, and their gradients.
 *
 * Axes:    B batch, H height, W width, C channels
 * Source:  https://js.tensorflow.org/api/latest/#Operations-Convolution
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { Attributes, TensorType } from "../graph.ts";
import { numbersOf } from "./attributes.ts";
import type { Kernel } from "./kernel.ts";

/** Shapes of input, filter and output, strides and paddings of one convolution, as TensorFlow.js works them out. */
export type ConvolutionShape = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/** What a convolution of a picture (B, H, W, C) with a filter does. */
export function convolutionShape(
  picture: readonly number[],
  filter: readonly number[],
  attributes: Attributes,
  { depthwise }: { readonly depthwise: boolean },
): ConvolutionShape {
  type Given = Parameters<typeof tf.backend_util.computeConv2DInfo>;
  const format = (attributes.dataFormat ?? "NHWC") as "NHWC" | "NCHW";
  return tf.backend_util.computeConv2DInfo(
    [...picture] as Given[0],
    [...filter] as Given[1],
    attributes.strides as number | [number, number],
    (attributes.dilations ?? 1) as number | [number, number],
    attributes.pad as "valid" | "same" | number,
    attributes.dimRoundingMode as "floor" | "round" | "ceil" | undefined,
    depthwise,
    tf.backend_util.convertConv2DDataFormat(format),
  );
}

function family(name: string, depthwise: boolean): readonly Kernel[] {
  return [
    {
      name,
      inputs: ["x", "filter"],
      outputs: ([x, filter], attributes) => {
        const { shape, dtype } = x as TensorType;
        const info = convolutionShape(shape, (filter as TensorType).shape, attributes, {
          depthwise,
        });
        return [{ shape: info.outShape, dtype }];
      },
    },
    {
      name: `${name}BackpropFilter`,
      inputs: ["x", "dy"],
      outputs: ([x], attributes) => [
        { shape: numbersOf(attributes, "filterShape"), dtype: (x as TensorType).dtype },
      ],
    },
    {
      name: `${name}BackpropInput`,
      inputs: ["dy", "filter"],
      outputs: ([dy], attributes) => [
        { shape: numbersOf(attributes, "inputShape"), dtype: (dy as TensorType).dtype },
      ],
    },
  ];
}

export const convolutions: readonly Kernel[] = [
  ...family("Conv2D", false),
  ...family("DepthwiseConv2dNative", true),
];
