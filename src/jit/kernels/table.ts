/**
 * Every kernel of TensorFlow.js that the compiler knows, by family.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Operations
 * Chapter: notebooks/00-start.ipynb
 */
import { comparison } from "./comparison.ts";
import { convolution } from "./convolution.ts";
import { creation } from "./creation.ts";
import { gather } from "./gather.ts";
import { image } from "./image.ts";
import { defineKernel } from "./kernel.ts";
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
  creation,
  convolution,
  pooling,
  image,
];

for (const kernel of families.flat()) defineKernel(kernel);
