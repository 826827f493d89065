/**
 * Convolutions, dilation and their gradients in operations of TensorFlow.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops/Conv2D
 * Chapter: notebooks/00-start.ipynb
 */
import { numbersOf } from "../kernels/attributes.ts";
import { convolution2D, convolution3D, dilation2D, type Window2D } from "../kernels/window.ts";
import { fusedEnd } from "./activation.ts";
import { typeAttribute, type Attribute } from "./attr-value.ts";
import type { Ref } from "./graph-def.ts";
import type { Call, Lowering } from "./kernel-lowering.ts";
import { firstOf, operand, refsOf, typeOfFirst } from "./operands.ts";
import { anyPadding, dilations, format, padding, strides } from "./window.ts";

/** A convolution of pictures, the same with bias and activation, and the gradients. */
function ofPictures(
  operation: string,
  fused: string,
  depthwise: boolean,
): Record<string, Lowering> {
  const told = (call: Call, picture: readonly number[], filter: readonly number[]): Attribute[] => {
    const window = convolution2D({ picture, filter }, call.attributes, { depthwise });
    const borders = anyPadding(window);
    return [typeOfFirst(call), strides(window), dilations(window), format(window), ...borders];
  };
  const product = (call: Call): Ref => {
    const [x, filter] = [operand(call, "x"), operand(call, "filter")];
    const attributes = told(call, x.type.shape, filter.type.shape);
    return call.graph.operation(operation, attributes, [x.ref, filter.ref]);
  };
  return {
    [operation]: (call) => [product(call)],
    [fused]: (call) => [fusedEnd(call, product(call))],
    [`${operation}BackpropFilter`]: (call) => {
      const [x, dy] = [operand(call, "x"), operand(call, "dy")];
      const filter = numbersOf(call.attributes, "filterShape");
      const inputs = [x.ref, call.graph.ints(filter), dy.ref];
      const attributes = told(call, x.type.shape, filter);
      return [call.graph.operation(`${operation}BackpropFilter`, attributes, inputs)];
    },
    [`${operation}BackpropInput`]: (call) => {
      const [dy, filter] = [operand(call, "dy"), operand(call, "filter")];
      const picture = numbersOf(call.attributes, "inputShape");
      const inputs = [call.graph.ints(picture), filter.ref, dy.ref];
      const attributes = told(call, picture, filter.type.shape);
      return [call.graph.operation(`${operation}BackpropInput`, attributes, inputs)];
    },
  };
}

/** The attributes of a convolution of a volume and of its gradients. */
function ofVolumes(call: Call, volume: readonly number[], filter: readonly number[]): Attribute[] {
  const window = convolution3D({ volume, filter }, call.attributes);
  return [typeOfFirst(call), strides(window), dilations(window), format(window), padding(window)];
}

function dilation(operation: string): Lowering {
  return (call) => {
    const shapes = {
      picture: operand(call, "x").type.shape,
      filter: operand(call, "filter").type.shape,
    };
    const window: Window2D = dilation2D(shapes, call.attributes);
    const told = [typeOfFirst(call), strides(window), dilations(window, "rates"), padding(window)];
    return [call.graph.operation(operation, told, refsOf(call))];
  };
}

/** Convolutions of pictures and volumes, the fused ones, dilation, and the gradients of all, lowered. */
export const convolution: Readonly<Record<string, Lowering>> = {
  ...ofPictures("Conv2D", "FusedConv2D", false),
  ...ofPictures("DepthwiseConv2dNative", "FusedDepthwiseConv2D", true),
  Conv3D: (call) => {
    const [x, filter] = [firstOf(call), operand(call, "filter")];
    const told = ofVolumes(call, x.type.shape, filter.type.shape);
    return [call.graph.operation("Conv3D", told, [x.ref, filter.ref])];
  },
  Conv3DBackpropFilterV2: (call) => {
    const [x, dy] = [operand(call, "x"), operand(call, "dy")];
    const filter = numbersOf(call.attributes, "filterShape");
    const inputs = [x.ref, call.graph.ints(filter), dy.ref];
    const told = ofVolumes(call, x.type.shape, filter);
    return [call.graph.operation("Conv3DBackpropFilterV2", told, inputs)];
  },
  Conv3DBackpropInputV2: (call) => {
    const [dy, filter] = [operand(call, "dy"), operand(call, "filter")];
    const volume = numbersOf(call.attributes, "inputShape");
    const inputs = [call.graph.ints(volume), filter.ref, dy.ref];
    const told = [...ofVolumes(call, volume, filter.type.shape), typeAttribute("Tshape", "int32")];
    return [call.graph.operation("Conv3DBackpropInputV2", told, inputs)];
  },
  Dilation2D: dilation("Dilation2D"),
  Dilation2DBackpropFilter: dilation("Dilation2DBackpropFilter"),
  Dilation2DBackpropInput: dilation("Dilation2DBackpropInput"),
};
