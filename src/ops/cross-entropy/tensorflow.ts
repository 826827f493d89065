/**
 * CrossEntropy in operations of TensorFlow, the same in a graph and one by one.
 *
 *     softmax p, whose largest element is 1 / Σ exp(x − max x)
 *     loss = max x − x[id] − log max p
 *     slope = p − (1 at the id)
 *
 * One power of e for each logit. TensorFlow's SparseSoftmaxCrossEntropyWithLogits takes two, one number after the
 * other, and twice the time.
 *
 * Axes:    N positions, V classes
 * Source:  https://www.tensorflow.org/api_docs/python/tf/raw_ops
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { defineLowering, type Operand } from "../../jit/tensorflow/kernel-lowering.ts";
import { graphOperations, runOperations, type Operations } from "../operations.ts";
import { CROSS_ENTROPY, expectIds } from "./kernel.ts";

const float = { T: "float32" } as const;
const picking = { Tparams: "float32", Tindices: "int32" } as const;

/** Losses and slopes, for N positions. */
function lossesAndSlopes<Handle>(
  { operation, constant }: Operations<Handle>,
  { logits, ids, N }: { readonly logits: Handle; readonly ids: Handle; readonly N: number },
): [Handle, Handle] {
  const rows = constant(
    Array.from({ length: N }, (_, n) => n),
    { shape: [N], dtype: "int32" },
  );
  const targets = operation("Pack", { T: "int32", N: 2, axis: 1 }, [rows, ids]); // (N, 2): row, id
  const classes = constant([1], { shape: [1], dtype: "int32" });
  const largest = (of: Handle): Handle =>
    operation("Max", { ...float, Tidx: "int32" }, [of, classes]);
  const softmax = operation("Softmax", float, [logits]); // (N, V)
  const chosen = operation("GatherNd", picking, [logits, targets]); // (N)
  const distance = operation("Sub", float, [largest(logits), chosen]); // (N)
  const losses = operation("Sub", float, [distance, operation("Log", float, [largest(softmax)])]);
  const ones = constant(new Array<number>(N).fill(1), { shape: [N], dtype: "float32" });
  const places = { ...float, Tindices: "int32" } as const;
  const slopes = operation("TensorScatterSub", places, [softmax, targets, ones]); // (N, V)
  return [losses, slopes];
}

defineLowering(CROSS_ENTROPY, ({ graph, inputs }) => {
  const [logits, ids] = inputs as [Operand, Operand];
  const N = ids.type.shape[0] as number;
  return lossesAndSlopes(graphOperations(graph), { logits: logits.ref, ids: ids.ref, N });
});

tf.registerKernel({
  kernelName: CROSS_ENTROPY,
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend }) => {
    const { logits, ids } = inputs as { logits: tf.Tensor2D; ids: tf.Tensor1D };
    // TensorFlow would check them too, and write a warning of its own on stderr.
    expectIds(ids, logits.shape[1]);
    return runOperations(backend, (operations, idOf) =>
      lossesAndSlopes(operations, { logits: idOf(logits), ids: idOf(ids), N: ids.shape[0] }),
    );
  },
});
