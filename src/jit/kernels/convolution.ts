/**
 * Convolutions of pictures and volumes, morphological dilation, and their gradients.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Operations-Convolution
 * Chapter: notebooks/00-start.ipynb
 */
import { numbersOf } from "./attributes.ts";
import type { Kernel } from "./kernel.ts";
import { first, likeFirst, second } from "./input-types.ts";
import { convolution2D, convolution3D, dilation2D } from "./window.ts";

const fusedInputs = ["x", "filter", "bias?", "preluActivationWeights?"];

/** A convolution, the same with bias and activation, and the gradients of the first. */
function ofPictures(name: string, depthwise: boolean): readonly Kernel[] {
  const outputs: Kernel["outputs"] = (inputs, attributes) => {
    const { shape: picture, dtype } = first(inputs);
    const shapes = { picture, filter: second(inputs).shape };
    return [{ shape: convolution2D(shapes, attributes, { depthwise }).outShape, dtype }];
  };
  return [
    { name, inputs: ["x", "filter"], outputs },
    { name: `Fused${name.replace("2dNative", "2D")}`, inputs: fusedInputs, outputs },
    ...gradients(name, ""),
  ];
}

/** The gradients, whose shapes are those of the inputs of the convolution. */
function gradients(name: string, version: string): readonly Kernel[] {
  return [
    {
      name: `${name}BackpropFilter${version}`,
      inputs: ["x", "dy"],
      outputs: (inputs, attributes) => [
        { shape: numbersOf(attributes, "filterShape"), dtype: first(inputs).dtype },
      ],
    },
    {
      name: `${name}BackpropInput${version}`,
      inputs: ["dy", "filter"],
      outputs: (inputs, attributes) => [
        { shape: numbersOf(attributes, "inputShape"), dtype: first(inputs).dtype },
      ],
    },
  ];
}

/** Convolutions of pictures and volumes, the fused ones, dilation, and the gradients of all. */
export const convolution: readonly Kernel[] = [
  ...ofPictures("Conv2D", false),
  ...ofPictures("DepthwiseConv2dNative", true),
  {
    name: "Conv3D",
    inputs: ["x", "filter"],
    outputs: (inputs, attributes) => {
      const { shape: volume, dtype } = first(inputs);
      const shapes = { volume, filter: second(inputs).shape };
      return [{ shape: convolution3D(shapes, attributes).outShape, dtype }];
    },
  },
  ...gradients("Conv3D", "V2"),
  {
    name: "Dilation2D",
    inputs: ["x", "filter"],
    outputs: (inputs, attributes) => {
      const { shape: picture, dtype } = first(inputs);
      const shapes = { picture, filter: second(inputs).shape };
      return [{ shape: dilation2D(shapes, attributes).outShape, dtype }];
    },
  },
  { name: "Dilation2DBackpropInput", inputs: ["x", "filter", "dy"], outputs: likeFirst },
  {
    name: "Dilation2DBackpropFilter",
    inputs: ["x", "filter", "dy"],
    outputs: (inputs) => [second(inputs)],
  },
];
