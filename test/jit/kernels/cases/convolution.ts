import * as tf from "@tensorflow/tfjs";

import { floats, kernelCase, type KernelCase } from "../kernel-case.ts";

const paddings = ["same", "valid"] as const;
const borders: [[number, number], [number, number], [number, number], [number, number]] = [
  [0, 0],
  [1, 2],
  [0, 1],
  [0, 0],
];
const activations = ["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"] as const;

export const convolution: readonly KernelCase[] = [
  ...paddings.map((pad) =>
    kernelCase(`conv2d, ${pad}`, {
      inputs: [floats([2, 5, 6, 3]), floats([3, 2, 3, 4]), floats([5, 6, 3])],
      step: (x, filter, picture) => [
        tf.conv2d(x, filter, 1, pad),
        tf.conv2d(x, filter, [2, 1], pad),
        tf.conv2d(picture, filter, 2, pad),
      ],
    }),
  ),
  kernelCase("conv2d, dilated", {
    inputs: [floats([1, 6, 7, 2]), floats([2, 3, 2, 3])],
    step: (x, filter) => [
      tf.conv2d(x, filter, 1, "same", "NHWC", [2, 1]),
      tf.conv2d(x, filter, 1, "valid", "NHWC", 2),
    ],
    gradientError: "dilation rates greater than 1 are not yet supported in gradients",
  }),
  kernelCase("conv2d, borders in numbers", {
    inputs: [floats([1, 5, 5, 2]), floats([3, 3, 2, 3])],
    step: (x, filter) => [
      tf.conv2d(x, filter, 1, borders, "NHWC"),
      tf.conv2d(x, filter, 2, borders, "NHWC", 1, "floor"),
      tf.conv2d(x, filter, 1, 0, "NHWC"),
    ],
    gradientError: "padding while padding was EXPLICIT",
  }),
  kernelCase("conv1d, conv2dTranspose, separableConv2d", {
    inputs: [floats([2, 7, 3]), floats([3, 3, 4]), floats([1, 3, 4, 2]), floats([2, 2, 3, 2])],
    step: (line, filter1D, x, filter2D) => [
      tf.conv1d(line, filter1D, 2, "same"),
      tf.conv2dTranspose(x, filter2D, [1, 6, 8, 3], 2, "same"),
    ],
  }),
  ...paddings.map((pad) =>
    kernelCase(`depthwiseConv2d, ${pad}`, {
      inputs: [floats([2, 5, 6, 3]), floats([3, 2, 3, 2])],
      step: (x, filter) => [
        tf.depthwiseConv2d(x, filter, 1, pad),
        tf.depthwiseConv2d(x, filter, 2, pad),
      ],
    }),
  ),
  kernelCase("depthwiseConv2d, dilated and with borders in numbers", {
    inputs: [floats([1, 6, 6, 2]), floats([2, 3, 2, 1])],
    step: (x, filter) => [
      tf.depthwiseConv2d(x, filter, 1, "valid", "NHWC", [2, 1]),
      tf.depthwiseConv2d(x, filter, 1, borders, "NHWC"),
    ],
    gradientError: "explicit_paddings attribute must contain 8 values",
  }),
  ...activations.map((activation) =>
    kernelCase(`fused convolutions, ${activation}`, {
      inputs: [
        floats([1, 4, 5, 2]),
        floats([2, 2, 2, 3]),
        floats([3]),
        floats([2, 2, 2, 1]),
        floats([2]),
      ],
      step: (x, filter, bias, depthFilter, depthBias) => {
        const more = { x, strides: 1, pad: "same", activation, leakyreluAlpha: 0.3 } as const;
        const weights = (alpha: tf.Tensor1D): { preluActivationWeights?: tf.Tensor } =>
          activation === "prelu" ? { preluActivationWeights: alpha } : {};
        return [
          tf.fused.conv2d({ ...more, filter, ...weights(bias) }),
          tf.fused.conv2d({ ...more, filter, bias, ...weights(bias) }),
          tf.fused.depthwiseConv2d({
            ...more,
            filter: depthFilter,
            bias: depthBias,
            ...weights(depthBias),
          }),
        ];
      },
    }),
  ),
  ...paddings.map((pad) =>
    kernelCase(`conv3d, ${pad}`, {
      inputs: [floats([2, 3, 4, 4, 2]), floats([2, 2, 3, 2, 3])],
      step: (x, filter) => [tf.conv3d(x, filter, 1, pad), tf.conv3d(x, filter, [1, 2, 2], pad)],
    }),
  ),
  kernelCase("conv3dTranspose", {
    inputs: [floats([1, 2, 3, 2, 2]), floats([2, 2, 2, 3, 2])],
    step: (x, filter) => tf.conv3dTranspose(x, filter, [1, 4, 6, 4, 3], 2, "same"),
    gradientError: "gradient function not found for Conv3DBackpropInputV2.",
  }),
  ...paddings.map((pad) =>
    kernelCase(`dilation2d, ${pad}`, {
      inputs: [floats([2, 5, 6, 3]), floats([2, 3, 3])],
      step: (x, filter) => [
        tf.dilation2d(x, filter, 1, pad),
        tf.dilation2d(x, filter, [2, 1], pad),
        tf.dilation2d(x, filter, 1, pad, [1, 2]),
      ],
    }),
  ),
];
