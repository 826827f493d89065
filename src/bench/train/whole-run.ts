/**
 * A whole run of training, and the loss on all windows of the held-out text.
 *
 * Axes:    B windows, T positions
 * Source:  https://github.com/karpathy/nanoGPT, train.py
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs";

import { useEngine, type EngineName } from "../../backend/engine.ts";
import { Windows, type Batch } from "../../data/windows.ts";
import { compile } from "../../jit/compile.ts";
import { Gpt, type GptConfig } from "../../models/gpt.ts";
import type { TrainConfig } from "../../train/config.ts";
import { learningRate } from "../../train/schedule.ts";
import { train } from "../../train/train.ts";
import type { Json } from "../answering-process.ts";
import { batchOf, bytesOf, readTaskFiles, writeTaskFiles } from "../task-files.ts";
import { batchesOf, type GptWork } from "./gpt-task.ts";

/** Which run. */
export interface Learn {
  readonly folder: string;
  readonly engine: EngineName;
  readonly seed: number;
}

/** Writes the text, every batch of the run and the rate of each step: both sides read the same. */
export function writeRun({ model, training, corpus }: GptWork, folder: string): void {
  const { batch, steps, seed, learningRate: peak } = training;
  const { context } = model;
  const windows = new Windows(corpus.train, { batch, context, seed });
  const all = Array.from({ length: steps }, () => windows.next());
  const rates = all.map((_, place) => learningRate(place + 1, { ...training, peak }));
  const batches = batchesOf(all, [batch, context]);
  const config = { model, training, rates };
  writeTaskFiles({ name: "gpt", config, weights: [], batches }, folder);
  const heldOut = batchesOf(rowsOf(corpus.validation, { batch, context }), [batch, context]);
  writeFileSync(join(folder, "held-out-x.bin"), bytesOf(heldOut.x.values));
  writeFileSync(join(folder, "held-out-y.bin"), bytesOf(heldOut.y.values));
  writeFileSync(join(folder, "text.bin"), bytesOf(corpus.train));
}

/** A text from its beginning in windows that do not overlap, B at a time; what is left at the end stays out. */
export function rowsOf(
  ids: Int32Array,
  { batch: B, context: T }: { readonly batch: number; readonly context: number },
): Batch[] {
  const count = Math.floor((ids.length - 1) / (B * T));
  return Array.from({ length: count }, (_, place) => {
    const start = place * B * T;
    return {
      x: ids.subarray(start, start + B * T),
      y: ids.subarray(start + 1, start + B * T + 1),
    };
  });
}

/** Trains a new model by the course's own loop, and evaluates it. */
export async function learn({ folder, engine, seed }: Learn): Promise<Json> {
  await useEngine(engine);
  const start = performance.now();
  const { config } = readTaskFiles(folder);
  const { model: gpt, training } = config as { model: GptConfig; training: TrainConfig };
  const corpus = { train: readIds(folder, "text.bin"), validation: new Int32Array(0) };
  const model = new Gpt(gpt, { seed });
  const losses: number[] = [];
  const quiet = { ...training, evaluateEvery: 0, sampleEvery: 0, checkpointEvery: 0 };
  for await (const event of train(model, corpus, quiet)) {
    if (event.type === "step") losses.push(event.loss);
  }
  const validation = await heldOutLoss(model, { folder, batch: training.batch });
  model.dispose();
  return { losses, validation, seconds: (performance.now() - start) / 1000 };
}

async function heldOutLoss(
  model: Gpt,
  { folder, batch }: { readonly folder: string; readonly batch: number },
): Promise<number> {
  const shape: [number, number] = [batch, model.config.context];
  const [x, y] = [readIds(folder, "held-out-x.bin"), readIds(folder, "held-out-y.bin")];
  const count = x.length / (shape[0] * shape[1]);
  const batches = { count, x: { shape, values: x }, y: { shape, values: y } };
  const loss = compile((ids: tf.Tensor2D, targets: tf.Tensor2D) => model.loss(ids, targets));
  let sum = 0;
  for (let place = 0; place < count; place++) {
    const numbers = batchOf(batches, place);
    const tensors: [tf.Tensor2D, tf.Tensor2D] = [
      tf.tensor2d(numbers.x, shape, "int32"),
      tf.tensor2d(numbers.y, shape, "int32"),
    ];
    if (place === 0) await loss.ready(...tensors);
    const value = loss(...tensors);
    sum += value.dataSync()[0] as number;
    tf.dispose([...tensors, value]);
  }
  loss.dispose();
  return sum / count;
}

function readIds(folder: string, name: string): Int32Array {
  return new Int32Array(Uint8Array.from(readFileSync(join(folder, name))).buffer);
}
