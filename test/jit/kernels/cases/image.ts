import * as tf from "@tensorflow/tfjs";

import { floats, given, ints, kernelCase, type KernelCase } from "../kernel-case.ts";

export const image: readonly KernelCase[] = [
  kernelCase("resizeBilinear", {
    inputs: [floats([2, 3, 4, 2]), floats([3, 3, 1])],
    step: (x, picture) => [
      tf.image.resizeBilinear(x, [5, 7]),
      tf.image.resizeBilinear(x, [2, 3], true),
      tf.image.resizeBilinear(x, [6, 3], false, true),
      tf.image.resizeBilinear(picture, [2, 2]),
    ],
  }),
  kernelCase("resizeNearestNeighbor", {
    inputs: [floats([2, 3, 4, 2])],
    step: (x) => [
      tf.image.resizeNearestNeighbor(x, [5, 7]),
      tf.image.resizeNearestNeighbor(x, [2, 3], true),
      tf.image.resizeNearestNeighbor(x, [6, 3], false, true),
    ],
  }),
  kernelCase("sizes of whole numbers", {
    inputs: [ints([1, 2, 3, 1], { below: 200 })],
    step: (x) => [tf.image.resizeBilinear(x, [4, 5]), tf.image.resizeNearestNeighbor(x, [4, 5])],
  }),
  kernelCase("cropAndResize", {
    inputs: [
      floats([2, 5, 6, 3]),
      given([0, 0, 1, 1, 0.2, 0.3, 0.7, 1.4, 0.9, 0.1, 0.2, 0.6], [3, 4]),
      given([0, 1, 0], [3], "int32"),
    ],
    step: (x, boxes, which) => [
      tf.image.cropAndResize(x, boxes, which, [3, 4]),
      tf.image.cropAndResize(x, boxes, which, [2, 2], "nearest", 0.5),
    ],
    gradientError: "gradient function not found for CropAndResize.",
  }),
  kernelCase("flipLeftRight", {
    inputs: [floats([2, 3, 4, 2])],
    step: (x) => tf.image.flipLeftRight(x),
    gradientError: "gradient function not found for FlipLeftRight.",
  }),
  kernelCase("spaceToBatchND and batchToSpaceND", {
    inputs: [floats([2, 4, 6, 1]), floats([4, 2, 3, 2]), floats([1, 5, 2])],
    step: (x, batch, line) => [
      tf.spaceToBatchND(
        x,
        [2, 3],
        [
          [0, 0],
          [1, 2],
        ],
      ),
      tf.batchToSpaceND(
        batch,
        [2, 2],
        [
          [0, 1],
          [2, 1],
        ],
      ),
      tf.spaceToBatchND(line, [3], [[1, 0]]),
    ],
  }),
  kernelCase("depthToSpace", {
    inputs: [floats([2, 2, 3, 8]), floats([1, 1, 2, 9])],
    step: (x, nine) => [tf.depthToSpace(x, 2), tf.depthToSpace(nine, 3)],
    gradientError: "gradient function not found for DepthToSpace.",
  }),
];
