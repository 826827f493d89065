/**
 * Exp for whole numbers: the package's kernel disposes of its input, so that `tf.exp(ids)` takes the ids away.
 *
 * Source:  https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-node/src/kernels/Exp.ts
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { executeTensorFlow } from "./operation.ts";

/** Replaces the package's kernel by one that leaves its input alone; called once, when the engine is loaded. */
export function mendExponential(): void {
  tf.unregisterKernel("Exp", "tensorflow");
  tf.registerKernel({
    kernelName: "Exp",
    backendName: "tensorflow",
    kernelFunc: ({ inputs }) => {
      const x = inputs.x as tf.Tensor;
      if (x.dtype === "float32") return exponential(x);
      const real = tf.cast(x, "float32");
      const made = exponential(real);
      real.dispose();
      return made;
    },
  });
}

function exponential(x: tf.TensorInfo): tf.TensorInfo {
  const [made] = executeTensorFlow("Exp", [x], { attributes: { T: { type: "float32" } } });
  return made as tf.TensorInfo;
}
