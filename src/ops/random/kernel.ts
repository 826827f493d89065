/**
 * The kernels PhiloxBits and PhiloxUniform: what they mean, and how a processor computes them.
 *
 * Source:  Salmon et al. (2011), "Parallel Random Numbers: As Easy as 1, 2, 3", section 3.3
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { numberOf, numbersOf } from "../../jit/kernels/attributes.ts";
import { defineKernel } from "../../jit/kernels/kernel.ts";
import { registerComposite, type Composition } from "../composite.ts";
import { philoxWords } from "./philox.ts";

/** The kernel of random words: seed (2) and the attributes `shape` and `stream` -> int32 of that shape. */
export const BITS = "PhiloxBits";
/** The kernel of random numbers below 1: the same for float32. */
export const UNIFORM = "PhiloxUniform";

for (const [name, dtype] of [
  [BITS, "int32"],
  [UNIFORM, "float32"],
] as const) {
  defineKernel({
    name,
    inputs: ["seed"],
    outputs: (_, attributes) => [{ shape: numbersOf(attributes, "shape"), dtype }],
  });
}

/** The words of a draw, on the processor. */
function wordsOf(...[{ seed }, attributes]: Parameters<Composition>): Int32Array {
  const key = (seed as tf.Tensor1D).dataSync();
  const counter = [0, 0, numberOf(attributes, "stream"), 0];
  const count = tf.util.sizeFromShape([...numbersOf(attributes, "shape")]);
  return philoxWords({ key, counter }, count);
}

registerComposite(BITS, {
  engines: ["cpu", "wasm"],
  compose: (inputs, attributes) =>
    tf.tensor(wordsOf(inputs, attributes), [...numbersOf(attributes, "shape")], "int32"),
});

registerComposite(UNIFORM, {
  engines: ["cpu", "wasm"],
  compose: (inputs, attributes) => {
    const words = wordsOf(inputs, attributes);
    const numbers = new Float32Array(words.length);
    for (let n = 0; n < words.length; n++) numbers[n] = ((words[n] as number) >>> 8) / 2 ** 24;
    return tf.tensor(numbers, [...numbersOf(attributes, "shape")], "float32");
  },
});
