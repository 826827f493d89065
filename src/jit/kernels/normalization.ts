/**
 * Kernels that bring numbers to a common scale: softmax, batch normalization, local responses.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Operations-Normalization
 * Chapter: notebooks/00-start.ipynb
 */
import type { Kernel } from "./kernel.ts";
import { likeFirst } from "./input-types.ts";

/** Softmax, batch normalization by given statistics, and local responses. */
export const normalization: readonly Kernel[] = [
  // Along the last axis.
  { name: "Softmax", inputs: ["logits"], outputs: likeFirst },
  // (x − mean) / √(variance + ε) · scale + offset, by channel.
  {
    name: "FusedBatchNorm",
    inputs: ["x", "mean", "variance", "offset?", "scale?"],
    outputs: likeFirst,
  },
  // x / (bias + alpha · Σ x²)^beta, the sum over neighbouring channels.
  { name: "LRN", inputs: ["x"], outputs: likeFirst },
  { name: "LRNGrad", inputs: ["x", "y", "dy"], outputs: likeFirst },
];
