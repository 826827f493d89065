/**
 * A network as files for all sides, and the files as tensors.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/00-start.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { batchOf, readTaskFiles, writeTaskFiles } from "../task-files.ts";
import { firstNumbers, type Network } from "./network.ts";

/** Writes what networks.py and the other sides read. */
export function writeTask({ name, config, weights, batches }: Network, folder: string): void {
  const filled = weights.map((weight, place) => ({
    name: weight.name,
    shape: weight.shape,
    numbers: firstNumbers(weight, 100 + place),
  }));
  writeTaskFiles({ name, config, weights: filled, batches: batches() }, folder);
}

/** A task, read: variables, and the batch of any step. */
export interface Task {
  readonly weights: Readonly<Record<string, tf.Variable>>;
  /** New tensors for the step of that number; the batches come round. */
  readonly batch: (step: number) => readonly [tf.Tensor, tf.Tensor];
}

/** Reads the bytes of a folder that `writeTask` wrote, as tensors of the active engine. */
export function readTask(folder: string): Task {
  const { weights, batches } = readTaskFiles(folder);
  const variables = weights.map(({ name, shape, numbers }) => {
    const tensor = tf.tensor(numbers, [...shape]);
    const variable = tf.variable(tensor, true, name);
    tensor.dispose();
    return [name, variable] as const;
  });
  return {
    weights: Object.fromEntries(variables),
    batch: (step) => {
      const { x, y } = batchOf(batches, step);
      const dtype = x instanceof Int32Array ? "int32" : "float32";
      return [
        tf.tensor(x, [...batches.x.shape], dtype),
        tf.tensor(y, [...batches.y.shape], "int32"),
      ];
    },
  };
}
