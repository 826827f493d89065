/**
 * What TensorFlow.js's optimizers keep in JavaScript, where no graph sees it: their count of steps, and which variables
 * are theirs.
 *
 * The count is part of what an optimizer saves (`getWeights`), so a compiled step must count as a plain one does.
 *
 * Source:  https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-core/src/optimizers/optimizer.ts
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

/** The method that counts, which TensorFlow.js calls after each step and keeps to itself. */
interface Counting {
  incrementIterations(): void;
}

/** Calls `work` with no step counted; returns what it returns, and the optimizers that would have counted one. */
export function withoutCounting<T>(work: () => T): readonly [T, readonly tf.Optimizer[]] {
  const counting = tf.Optimizer.prototype as object;
  const method = Object.getOwnPropertyDescriptor(counting, "incrementIterations");
  const optimizers: tf.Optimizer[] = [];
  Object.assign(counting, {
    incrementIterations(this: tf.Optimizer): void {
      optimizers.push(this);
    },
  });
  try {
    return [work(), optimizers];
  } finally {
    Object.defineProperty(counting, "incrementIterations", method as PropertyDescriptor);
  }
}

/**
 * The variables in which an optimizer remembers gradients: its own fields, and what lists hold as `variable`.
 *
 * `setWeights` puts new variables in the place of the old ones.
 */
export function slotsOf(optimizer: tf.Optimizer): readonly tf.Variable[] {
  const fields: readonly unknown[] = Object.values(optimizer).flat();
  return fields
    .map((field) => (field as { readonly variable?: unknown } | null)?.variable ?? field)
    .filter((field): field is tf.Variable => field instanceof tf.Variable);
}

/** Counts one step of an optimizer. */
export function countStep(optimizer: tf.Optimizer): void {
  (optimizer as unknown as Counting).incrementIterations();
}
