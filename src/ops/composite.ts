/**
 * A kernel of one's own on engines that have none: computed from the operations that they do have.
 *
 * TensorFlow.js asks the active engine for each kernel by name. An engine's own kernel may be faster; the meaning is
 * the same, and tests compare them.
 *
 * Source:  https://www.tensorflow.org/js/guide/custom_ops
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

/** What a kernel computes, in operations of TensorFlow.js. */
export type Composition = (
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: Readonly<Record<string, unknown>>,
) => tf.Tensor | tf.Tensor[];

/** Registers a kernel for these engines, loaded or not yet. */
export function registerComposite(
  kernelName: string,
  { engines, compose }: { readonly engines: readonly string[]; readonly compose: Composition },
): void {
  for (const backendName of engines) {
    tf.registerKernel({
      kernelName,
      backendName,
      // TensorFlow.js hands over the tensors themselves, and keeps no tape inside of a kernel.
      kernelFunc: ({ inputs, attrs }) =>
        tf.tidy(() => compose(inputs as tf.NamedTensorMap, attrs ?? {})),
    });
  }
}
