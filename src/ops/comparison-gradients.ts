/**
 * Zero gradients for comparisons: a condition jumps or stays, so its slope is zero wherever it has one.
 *
 * TensorFlow.js refuses to differentiate `tf.where(tf.greater(x, 1), …)`, for it finds no gradient of `greater`, though
 * x reaches the result another way. Importing this file registers those that are missing, for the whole process:
 *
 *     import "glassbox/ops/comparison-gradients";
 *
 * Source:  https://www.tensorflow.org/js/guide/custom_ops; the rules of JAX, whose comparisons have zero gradients
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

/** The kernels that are compared or joined to a condition, and the names of their inputs. */
export const conditions: Readonly<Record<string, readonly string[]>> = {
  All: ["x"],
  Any: ["x"],
  Equal: ["a", "b"],
  Greater: ["a", "b"],
  GreaterEqual: ["a", "b"],
  Less: ["a", "b"],
  LessEqual: ["a", "b"],
  LogicalAnd: ["a", "b"],
  LogicalNot: ["x"],
  LogicalOr: ["a", "b"],
  NotEqual: ["a", "b"],
};

for (const [kernelName, inputs] of Object.entries(conditions)) {
  if (tf.getGradient(kernelName) as unknown) continue; // GreaterEqual has one
  tf.registerGradient({
    kernelName,
    inputsToSave: [...inputs],
    gradFunc: (_, saved) =>
      Object.fromEntries(inputs.map((name, place) => [name, () => zerosLike(saved[place])])),
  });
}

/** Zeros of float32, the type of every gradient, also that of a condition. */
function zerosLike(input: tf.Tensor | undefined): tf.Tensor {
  return tf.cast(tf.zerosLike(input as tf.Tensor), "float32");
}
