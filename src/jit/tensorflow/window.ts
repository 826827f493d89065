/**
 * The attributes of operations whose window slides over a picture or a volume.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/nn/convolution, on paddings
 * Chapter: notebooks/00-start.ipynb
 */
import { ConfigError } from "../../core/errors.ts";
import type { Window2D, Window3D } from "../kernels/window.ts";
import { intsAttribute, stringAttribute, type Attribute } from "./attr-value.ts";

/** One number for each axis: 1 for batch and channels, wherever these stand. */
function forAxes(name: string, window: Window2D | Window3D, numbers: readonly number[]): Attribute {
  const all = window.dataFormat === "channelsLast" ? [1, ...numbers, 1] : [1, 1, ...numbers];
  return intsAttribute(name, all);
}

/** The format of a picture or a volume. */
export function format(window: Window2D | Window3D): Attribute {
  const isVolume = "strideDepth" in window;
  const last = isVolume ? "NDHWC" : "NHWC";
  const second = isVolume ? "NCDHW" : "NCHW";
  return stringAttribute("data_format", window.dataFormat === "channelsLast" ? last : second);
}

/** How far the window moves. */
export function strides(window: Window2D | Window3D): Attribute {
  const depth = "strideDepth" in window ? [window.strideDepth] : [];
  return forAxes("strides", window, [...depth, window.strideHeight, window.strideWidth]);
}

/** How far apart the places of the window are; dilation calls them rates. */
export function dilations(window: Window2D | Window3D, name = "dilations"): Attribute {
  const depth = "dilationDepth" in window ? [window.dilationDepth] : [];
  return forAxes(name, window, [...depth, window.dilationHeight, window.dilationWidth]);
}

/** How large the window is. */
export function size(window: Window2D | Window3D): Attribute {
  const depth = "filterDepth" in window ? [window.filterDepth] : [];
  return forAxes("ksize", window, [...depth, window.filterHeight, window.filterWidth]);
}

/** Borders so that the output is as large as the input, or none; throws `ConfigError` for borders in numbers. */
export function padding({ padInfo: { type } }: Window2D | Window3D): Attribute {
  if (type === "SAME" || type === "VALID") return stringAttribute("padding", type);
  throw new ConfigError(
    'compile: expected the padding "same" or "valid", which are all that TensorFlow knows for this kernel, got numbers; pad with tf.pad before',
  );
}

/** As `padding`, and borders in numbers. */
export function anyPadding(window: Window2D): readonly Attribute[] {
  const { type, top, bottom, left, right } = window.padInfo;
  if (type === "SAME" || type === "VALID") return [padding(window)];
  const picture = [top, bottom, left, right];
  const all =
    window.dataFormat === "channelsLast" ? [0, 0, ...picture, 0, 0] : [0, 0, 0, 0, ...picture];
  return [stringAttribute("padding", "EXPLICIT"), intsAttribute("explicit_paddings", all)];
}
