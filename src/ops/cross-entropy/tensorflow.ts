/**
 * CrossEntropy on TensorFlow, which has the kernel: operation by operation, and in a graph.
 *
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops/SparseSoftmaxCrossEntropyWithLogits
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { executeTensorFlow } from "../../backend/tensorflow/operation.ts";
import { typeAttribute } from "../../jit/tensorflow/attribute.ts";
import { defineLowering } from "../../jit/tensorflow/lowering-table.ts";
import { CROSS_ENTROPY, expectIds } from "./kernel.ts";

const OPERATION = "SparseSoftmaxCrossEntropyWithLogits";

tf.registerKernel({
  kernelName: CROSS_ENTROPY,
  backendName: "tensorflow",
  kernelFunc: ({ inputs }) => {
    const { logits, ids } = inputs as { logits: tf.Tensor2D; ids: tf.Tensor1D };
    // TensorFlow would check them too, and write a warning of its own on stderr.
    expectIds(ids, logits.shape[1]);
    return executeTensorFlow(OPERATION, [logits, ids], {
      attributes: { T: { type: "float32" }, Tlabels: { type: "int32" } },
      outputs: 2,
    });
  },
});

defineLowering(CROSS_ENTROPY, ({ graph, inputs }) =>
  graph.operations(OPERATION, [typeAttribute("T", "float32"), typeAttribute("Tlabels", "int32")], {
    inputs: inputs.map(({ ref }) => ref),
    outputs: 2,
  }),
);
