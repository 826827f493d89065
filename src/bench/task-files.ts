/**
 * What all sides of a benchmark of a network begin with: first weights and batches as bytes in a folder.
 *
 * task.json has name, settings and shapes; weights.bin holds the weights in this order, x.bin and y.bin the batches.
 *
 * Source:  https://numpy.org/doc/stable/reference/generated/numpy.fromfile.html
 * Chapter: notebooks/01-tokens.ipynb
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Json } from "./answering-process.ts";

/** A weight before training. */
export interface TaskWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly numbers: Float32Array;
}

/** Inputs and what should come out for several batches, one after the other. */
export interface Batches {
  readonly count: number;
  readonly x: { readonly shape: readonly number[]; readonly values: Float32Array | Int32Array };
  /** Class ids. */
  readonly y: { readonly shape: readonly number[]; readonly values: Int32Array };
}

/** All that is written. */
export interface TaskFiles {
  /** Of the network: "gpt". */
  readonly name: string;
  readonly config: Json;
  readonly weights: readonly TaskWeight[];
  readonly batches: Batches;
}

/** The numbers of one batch. */
export interface BatchNumbers {
  readonly x: Float32Array | Int32Array;
  readonly y: Int32Array;
}

/** Writes what `readTaskFiles` and torch/task.py read. */
export function writeTaskFiles(
  { name, config, weights, batches }: TaskFiles,
  folder: string,
): void {
  const { count, x, y } = batches;
  const dtype = x.values instanceof Int32Array ? "int32" : "float32";
  const shapes = weights.map((weight) => ({ name: weight.name, shape: weight.shape }));
  const described = { count, x: { shape: x.shape, dtype }, y: { shape: y.shape } };
  const task = { name, config, weights: shapes, ...described };
  writeFileSync(join(folder, "task.json"), JSON.stringify(task));
  writeFileSync(
    join(folder, "weights.bin"),
    Buffer.concat(weights.map((each) => bytesOf(each.numbers))),
  );
  writeFileSync(join(folder, "x.bin"), bytesOf(x.values));
  writeFileSync(join(folder, "y.bin"), bytesOf(y.values));
}

/** Reads a folder that `writeTaskFiles` wrote. */
export function readTaskFiles(folder: string): TaskFiles {
  const task = JSON.parse(readFileSync(join(folder, "task.json"), "utf8")) as {
    readonly name: string;
    readonly config: Json;
    readonly weights: readonly { readonly name: string; readonly shape: number[] }[];
    readonly count: number;
    readonly x: { readonly shape: number[]; readonly dtype: "int32" | "float32" };
    readonly y: { readonly shape: number[] };
  };
  const bytes = (name: string): ArrayBuffer =>
    Uint8Array.from(readFileSync(join(folder, name))).buffer;
  const numbers = new Float32Array(bytes("weights.bin"));
  let start = 0;
  const weights = task.weights.map(({ name, shape }) => {
    const end = start + shape.reduce((product, length) => product * length, 1);
    const own = numbers.subarray(start, end);
    start = end;
    return { name, shape, numbers: own };
  });
  const isWhole = task.x.dtype === "int32";
  const x = isWhole ? new Int32Array(bytes("x.bin")) : new Float32Array(bytes("x.bin"));
  const batches = {
    count: task.count,
    x: { shape: task.x.shape, values: x },
    y: { shape: task.y.shape, values: new Int32Array(bytes("y.bin")) },
  };
  return { name: task.name, config: task.config, weights, batches };
}

/** The batch of a step, from 0; the batches come round. */
export function batchOf({ count, x, y }: Batches, step: number): BatchNumbers {
  const part = <N extends Float32Array | Int32Array>(values: N): N => {
    const size = values.length / count;
    return values.slice((step % count) * size, ((step % count) + 1) * size) as N;
  };
  return { x: part(x.values), y: part(y.values) };
}

/** The bytes of some numbers, as they lie in memory. */
export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
