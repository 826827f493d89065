/**
 * How a window slides over a picture or a volume: where it stops, and what is added at the borders.
 *
 * Axes:    B batch, D depth, H height, W width, C channels
 * Source:  https://js.tensorflow.org/api/latest/#conv2d; Dumoulin and Visin (2016), https://arxiv.org/abs/1603.07285
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import type { Attributes } from "../graph.ts";

/** Window, strides, dilations and paddings in a picture (B, H, W, C), and the shape of what comes out. */
export type Window2D = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/** The same in a volume (B, D, H, W, C). */
export type Window3D = ReturnType<typeof tf.backend_util.computeConv3DInfo>;

type Shape = readonly number[];
type Shape4D = [number, number, number, number];
type Shape5D = [number, number, number, number, number];
type Lengths2D = number | [number, number];
type Lengths3D = number | [number, number, number];
type Pad = "valid" | "same" | number;
type Rounding = "floor" | "round" | "ceil" | undefined;

/** A convolution of a picture; `depthwise`: each channel by itself. */
export function convolution2D(
  { picture, filter }: { readonly picture: Shape; readonly filter: Shape },
  attributes: Attributes,
  { depthwise }: { readonly depthwise: boolean },
): Window2D {
  const format = (attributes.dataFormat ?? "NHWC") as "NHWC" | "NCHW";
  return tf.backend_util.computeConv2DInfo(
    picture as Shape4D,
    filter as Shape4D,
    attributes.strides as Lengths2D,
    (attributes.dilations ?? 1) as Lengths2D,
    attributes.pad as Pad,
    attributes.dimRoundingMode as Rounding,
    depthwise,
    tf.backend_util.convertConv2DDataFormat(format),
  );
}

/** A convolution of a volume. */
export function convolution3D(
  { volume, filter }: { readonly volume: Shape; readonly filter: Shape },
  attributes: Attributes,
): Window3D {
  return tf.backend_util.computeConv3DInfo(
    volume as Shape5D,
    filter as Shape5D,
    attributes.strides as Lengths3D,
    (attributes.dilations ?? 1) as Lengths3D,
    attributes.pad as "valid" | "same",
  );
}

/** A window that takes the largest or the mean element of a picture. */
export function pooling2D(picture: Shape, attributes: Attributes): Window2D {
  return tf.backend_util.computePool2DInfo(
    picture as Shape4D,
    attributes.filterSize as Lengths2D,
    attributes.strides as Lengths2D,
    1,
    attributes.pad as Pad,
    attributes.dimRoundingMode as Rounding,
  );
}

/** A window that takes the largest or the mean element of a volume. */
export function pooling3D(volume: Shape, attributes: Attributes): Window3D {
  return tf.backend_util.computePool3DInfo(
    volume as Shape5D,
    attributes.filterSize as Lengths3D,
    attributes.strides as Lengths3D,
    1,
    attributes.pad as Pad,
    attributes.dimRoundingMode as Rounding,
    (attributes.dataFormat ?? "NDHWC") as "NDHWC" | "NCDHW",
  );
}

/** A morphological dilation: a window that takes the largest sum of picture and filter. */
export function dilation2D(
  { picture, filter }: { readonly picture: Shape; readonly filter: Shape },
  attributes: Attributes,
): Window2D {
  return tf.backend_util.computeDilation2DInfo(
    picture as Shape4D,
    filter as [number, number, number],
    attributes.strides as Lengths2D,
    attributes.pad as Pad,
    "NHWC",
    attributes.dilations as Lengths2D,
  );
}
