/**
 * A network for all sides of a benchmark: its first weights and its batches as bytes in a folder.
 *
 * task.json says the shapes; weights.bin holds the weights in this order, x.bin and y.bin the batches.
 *
 * Source:  https://numpy.org/doc/stable/reference/generated/numpy.fromfile.html
 * Chapter: notebooks/00-start.ipynb
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs";

import { firstNumbers, type Network } from "./network.ts";

/** Writes what networks.py and the other sides read. */
export function writeTask(network: Network, folder: string): void {
  const { name, config, weights } = network;
  const { count, x, y } = network.batches();
  const shapes = weights.map((weight) => ({ name: weight.name, shape: weight.shape }));
  const numbers = weights.map((weight, place) => bytesOf(firstNumbers(weight, 100 + place)));
  const xs = { shape: x.shape, dtype: x.values instanceof Int32Array ? "int32" : "float32" };
  const task = { name, config, weights: shapes, count, x: xs, y: { shape: y.shape } };
  writeFileSync(join(folder, "task.json"), JSON.stringify(task));
  writeFileSync(join(folder, "weights.bin"), Buffer.concat(numbers));
  writeFileSync(join(folder, "x.bin"), bytesOf(x.values));
  writeFileSync(join(folder, "y.bin"), bytesOf(y.values));
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** A task, read: variables, and the batch of any step. */
export interface Task {
  readonly weights: Readonly<Record<string, tf.Variable>>;
  /** New tensors for the step of that number; the batches come round. */
  readonly batch: (step: number) => readonly [tf.Tensor, tf.Tensor];
}

/** Reads the bytes of a folder that `writeTask` wrote, as tensors of the active engine. */
export function readTask({ weights, batches }: Network, folder: string): Task {
  const numbers = floats(join(folder, "weights.bin"));
  let start = 0;
  const variables = weights.map(({ name, shape }) => {
    const end = start + tf.util.sizeFromShape([...shape]);
    const tensor = tf.tensor(numbers.subarray(start, end), [...shape]);
    start = end;
    const variable = tf.variable(tensor, true, name);
    tensor.dispose();
    return [name, variable] as const;
  });
  const { count, x, y } = batches();
  const part = <A extends Float32Array | Int32Array>(values: A, step: number): A => {
    const size = values.length / count;
    return values.slice((step % count) * size, ((step % count) + 1) * size) as A;
  };
  return {
    weights: Object.fromEntries(variables),
    batch: (step) => [
      tf.tensor(
        part(x.values, step),
        [...x.shape],
        x.values instanceof Int32Array ? "int32" : "float32",
      ),
      tf.tensor(part(y.values, step), [...y.shape], "int32"),
    ],
  };
}

function floats(path: string): Float32Array {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
