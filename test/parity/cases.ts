/** What PyTorch computed, as test/fixtures/torch/make.py stored it. */
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs";
import { expect } from "vitest";

import type { EngineName } from "../../src/backend/engine.ts";
import { readSafetensors, type StoredTensor } from "../../src/core/safetensors.ts";
import { root } from "../architecture/source-files.ts";
import { tensorFlowIsRequired } from "../backend/tensorflow-required.ts";

export const folder: string = join(root, "test", "fixtures", "torch");

/** Every engine that this machine must have. */
export const engines: readonly EngineName[] = [
  ...(tensorFlowIsRequired ? (["tensorflow"] as const) : []),
  "wasm",
  "cpu",
];

/** The most that a tensor may be off: the length of the difference, in lengths of PyTorch's. */
const TOLERANCE = 1e-4;

type Stored = Readonly<Record<string, StoredTensor>>;

/** One case: tensors by kind and name, and its settings. */
export interface Case<Settings> {
  readonly settings: Settings;
  readonly in: Stored;
  readonly out: Stored;
  readonly upstream: Stored;
  readonly grad: Stored;
}

/** What make.py says of a file. */
export interface Made<Settings> {
  /** The SHA-256 of the script. */
  readonly script: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, Settings>>;
}

export async function readMade<Settings>(file: string): Promise<Made<Settings>> {
  const { metadata } = await readSafetensors(join(folder, file));
  return JSON.parse(metadata.made!) as Made<Settings>;
}

/** The cases of a file by name. */
export async function readCases<Settings>(
  file: string,
): Promise<Readonly<Record<string, Case<Settings>>>> {
  const { cases } = await readMade<Settings>(file);
  const { tensors } = await readSafetensors(join(folder, file));
  const part = (name: string, kind: string): Stored => {
    const start = `${name}/${kind}/`;
    const found = [...tensors].filter(([path]) => path.startsWith(start));
    return Object.fromEntries(found.map(([path, tensor]) => [path.slice(start.length), tensor]));
  };
  return Object.fromEntries(
    Object.entries(cases).map(([name, settings]) => [
      name,
      {
        settings,
        in: part(name, "in"),
        out: part(name, "out"),
        upstream: part(name, "upstream"),
        grad: part(name, "grad"),
      },
    ]),
  );
}

/** A tensor of the active engine. */
export function tensorOf({ data, shape, dtype }: StoredTensor): tf.Tensor {
  return tf.tensor(
    data as Float32Array | Int32Array,
    [...shape],
    dtype === "I32" ? "int32" : "float32",
  );
}

export function tensorsOf(stored: Stored): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(stored).map(([name, tensor]) => [name, tensorOf(tensor)]),
  );
}

/** Expects the same tensors, each as near to PyTorch's as TOLERANCE says. */
export function expectAsInTorch(got: tf.NamedTensorMap, expected: Stored): void {
  expect(Object.keys(got).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, { data, shape }] of Object.entries(expected)) {
    expect(got[name]!.shape, name).toEqual(shape);
    const off = distance(got[name]!.dataSync(), data as Float32Array);
    expect(off, `${name} is off by`).toBeLessThanOrEqual(TOLERANCE);
  }
}

/** ‖got − expected‖ / ‖expected‖ */
export function distance(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, size] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference += (got[i]! - expected[i]!) ** 2;
    size += expected[i]! ** 2;
  }
  return Math.sqrt(difference / size);
}
