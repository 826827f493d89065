/**
 * Every kernel of TensorFlow.js that the compiler knows, by family.
 *
 * Source:  https://js.tensorflow.org/api/latest/#Operations
 * Chapter: notebooks/00-start.ipynb
 */
import { defineKernel } from "./kernel.ts";
import { pointwise } from "./pointwise.ts";

for (const kernel of [...pointwise]) defineKernel(kernel);
