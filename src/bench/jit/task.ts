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

/** What is read of task.json. */
interface TaskFile {
  readonly weights: readonly { readonly name: string; readonly shape: number[] }[];
  /** How many batches there are. */
  readonly count: number;
  readonly x: { readonly shape: number[]; readonly dtype: "int32" | "float32" };
  readonly y: { readonly shape: number[] };
}

/** Writes what networks.py and the other sides read. */
export function writeTask(network: Network, folder: string): void {
  const { name, config, weights } = network;
  const { count, x, y } = network.batches();
  const shapes = weights.map((weight) => ({ name: weight.name, shape: weight.shape }));
  const numbers = weights.map((weight, place) => bytesOf(firstNumbers(weight, 100 + place)));
  const dtype = x.values instanceof Int32Array ? "int32" : "float32";
  const described = { count, x: { shape: x.shape, dtype }, y: { shape: y.shape } };
  const task = { name, config, weights: shapes, ...described };
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
export function readTask(folder: string): Task {
  const read = (name: string): ArrayBuffer =>
    Uint8Array.from(readFileSync(join(folder, name))).buffer;
  const task = JSON.parse(readFileSync(join(folder, "task.json"), "utf8")) as TaskFile;
  const numbers = new Float32Array(read("weights.bin"));
  let start = 0;
  const variables = task.weights.map(({ name, shape }) => {
    const end = start + tf.util.sizeFromShape(shape);
    const tensor = tf.tensor(numbers.subarray(start, end), shape);
    start = end;
    const variable = tf.variable(tensor, true, name);
    tensor.dispose();
    return [name, variable] as const;
  });
  const { dtype } = task.x;
  const x = dtype === "int32" ? new Int32Array(read("x.bin")) : new Float32Array(read("x.bin"));
  const y = new Int32Array(read("y.bin"));
  const part = (values: Float32Array | Int32Array, step: number): Float32Array | Int32Array => {
    const size = values.length / task.count;
    return values.slice((step % task.count) * size, ((step % task.count) + 1) * size);
  };
  return {
    weights: Object.fromEntries(variables),
    batch: (step) => [
      tf.tensor(part(x, step), task.x.shape, dtype),
      tf.tensor(part(y, step), task.y.shape, "int32"),
    ],
  };
}
