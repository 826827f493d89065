import * as tf from "@tensorflow/tfjs";

import { floats, kernelCase, type KernelCase } from "../kernel-case.ts";

const paddings = ["same", "valid"] as const;

export const pooling: readonly KernelCase[] = paddings.flatMap((pad) => [
  kernelCase(`maxPool, ${pad}`, {
    inputs: [floats([2, 5, 6, 3]), floats([4, 5, 2])],
    step: (x, picture) => [
      tf.maxPool(x, 2, 2, pad),
      tf.maxPool(x, [3, 2], [1, 2], pad),
      tf.maxPool(picture, 2, 1, pad),
    ],
  }),
  kernelCase(`avgPool, ${pad}`, {
    inputs: [floats([2, 5, 6, 3]), floats([4, 5, 2])],
    step: (x, picture) => [
      tf.avgPool(x, 2, 2, pad),
      tf.avgPool(x, [3, 2], [1, 2], pad),
      tf.avgPool(picture, 2, 1, pad),
    ],
  }),
  kernelCase(`maxPool3d, ${pad}`, {
    inputs: [floats([2, 3, 4, 5, 2])],
    step: (x) => [tf.maxPool3d(x, 2, 2, pad), tf.maxPool3d(x, [1, 3, 2], [1, 2, 1], pad)],
  }),
  kernelCase(`avgPool3d, ${pad}`, {
    inputs: [floats([2, 3, 4, 5, 2])],
    step: (x) => [tf.avgPool3d(x, 2, 2, pad), tf.avgPool3d(x, [1, 3, 2], [1, 2, 1], pad)],
  }),
]);
