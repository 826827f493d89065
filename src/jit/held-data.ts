/**
 * Keeps the numbers of a tensor alive, whoever disposes of it.
 *
 * TensorFlow.js counts how many tensors stand on one piece of data and asks the active backend to count, whoever owns the
 * data; here the owner is asked.
 *
 * Source:  https://github.com/tensorflow/tfjs/blob/tfjs-v4.22.0/tfjs-core/src/engine.ts, on `incRef`
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { UntraceableError } from "./untraceable.ts";

/** The backend that has the data, or undefined when it is gone. */
export function ownerOf(dataId: object): tf.KernelBackend | undefined {
  return tf.engine().state.tensorInfo.get(dataId)?.backend;
}

/**
 * A tensor of one's own on data of any backend: it keeps the data until it is disposed, in no scope.
 *
 * Throws `UntraceableError` when the data is gone.
 */
export function holdData({ dataId, shape, dtype }: tf.TensorInfo): tf.Tensor {
  const owner = ownerOf(dataId);
  if (!owner) {
    throw new UntraceableError(
      `compile: expected living tensors, got a disposed one of ${dtype} [${shape.join(", ")}]; make it anew, or tf.keep it`,
    );
  }
  owner.incRef(dataId);
  return tf.keep(tf.engine().makeTensorFromTensorInfo({ dataId, shape: [...shape], dtype }, owner));
}
