/**
 * The lowering of every kernel of the table, by family.
 *
 * Kernels without inputs need none: they are constants of the graph.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops
 * Chapter: notebooks/00-start.ipynb
 */
import { comparison } from "./comparison.ts";
import { convolution } from "./convolution.ts";
import { gather } from "./gather.ts";
import { image } from "./image.ts";
import { defineLowering } from "./kernel-lowering.ts";
import { matmul } from "./matmul.ts";
import { normalization } from "./normalization.ts";
import { parts } from "./parts.ts";
import { pointwise } from "./pointwise.ts";
import { pooling } from "./pooling.ts";
import { reduction } from "./reduction.ts";
import { shape } from "./shape.ts";

const families = [
  pointwise,
  comparison,
  matmul,
  reduction,
  normalization,
  shape,
  parts,
  gather,
  convolution,
  pooling,
  image,
];

for (const family of families) {
  for (const [kernel, lowering] of Object.entries(family)) defineLowering(kernel, lowering);
}
