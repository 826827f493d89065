/**
 * Checkpoints: all that a run needs to go on as if it had never stopped, in one file.
 *
 *     DIR/checkpoint.safetensors
 *       model/PATH                             each weight, by its path in the model
 *       optimizer/m/PATH, optimizer/v/PATH     what AdamW remembers of it
 *       optimizer/step                         int32
 *       metadata                               the card: settings, step, place in the stream of windows
 *
 * The file is replaced at once, so a kill at any moment leaves the one before or the new one; and only if every number
 * in it is finite, so that a broken model never takes the place of a good one.
 *
 * Source:  https://github.com/huggingface/safetensors, README, "Format"
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs";

import { ConfigError, DataError } from "../core/errors.ts";
import {
  readSafetensors,
  readSafetensorsHeader,
  writeSafetensors,
  type StoredTensor,
} from "../core/safetensors.ts";
import { Gpt, parameterCount } from "../models/gpt.ts";
import type { AdamW } from "../ops/adamw.ts";
import { parseCard, printCard, type CheckpointCard } from "./checkpoint/card.ts";

/** What is saved: the live model and optimizer, and the card. */
export interface CheckpointState {
  readonly model: Gpt;
  readonly optimizer: AdamW;
  readonly card: CheckpointCard;
}

/** A checkpoint as it lies in the file. */
export interface Checkpoint {
  readonly path: string;
  readonly card: CheckpointCard;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** The file of a folder. */
export function checkpointPath(directory: string): string {
  return join(directory, "checkpoint.safetensors");
}

/** Is there a checkpoint in the folder? Throws `DataError` when the folder cannot be looked into. */
export async function hasCheckpoint(directory: string): Promise<boolean> {
  const path = checkpointPath(directory);
  try {
    await stat(path);
    return true;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return false;
    throw new DataError(
      `${path}: expected a checkpoint or none, got "${message}"; name another folder`,
      { cause },
    );
  }
}

/** Makes the folder, and those above it, where they are missing; throws `DataError` when that cannot be. */
export async function makeCheckpointFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
  } catch (cause) {
    throw new DataError(
      `${directory}: expected a folder for checkpoints, got "${(cause as Error).message}"; name one that can be made`,
      { cause },
    );
  }
}

/**
 * Replaces the checkpoint of a folder; returns its path.
 *
 * Throws `DataError` when it cannot be written or a number is not finite; the checkpoint before stays.
 */
export async function saveCheckpoint(directory: string, state: CheckpointState): Promise<string> {
  const path = checkpointPath(directory);
  const tensors = [...namedVariables(state)].map(
    ([name, variable]) => [name, storedVariable(variable, { path, name })] as const,
  );
  await writeSafetensors(path, new Map(tensors), { metadata: printCard(state.card) });
  return path;
}

/** Reads the checkpoint of a folder; throws `DataError` for a file that is missing, cut off, damaged or foreign. */
export async function loadCheckpoint(directory: string): Promise<Checkpoint> {
  const path = checkpointPath(directory);
  const { tensors, metadata } = await readSafetensors(path);
  return { path, card: parseCard(metadata, { path }), tensors };
}

/** Reads what a checkpoint says about itself, without its tensors; throws as `loadCheckpoint`. */
export async function loadCard(directory: string): Promise<CheckpointCard> {
  const path = checkpointPath(directory);
  const { metadata } = await readSafetensorsHeader(path);
  return parseCard(metadata, { path });
}

/** Gives model and optimizer the numbers of a checkpoint; throws `DataError` for tensors that are missing, too many or of another form, and has changed nothing then. */
export function restoreCheckpoint(
  { path, tensors }: Checkpoint,
  state: Pick<CheckpointState, "model" | "optimizer">,
): void {
  assign(namedVariables(state), { path, tensors });
}

/**
 * The model of a checkpoint, yours to dispose, and its card. Throws as `loadCheckpoint`, and `DataError` for a card that
 * does not fit the tensors.
 */
export async function loadModel(
  directory: string,
): Promise<{ readonly model: Gpt; readonly card: CheckpointCard }> {
  const { path, card, tensors } = await loadCheckpoint(directory);
  const ofModel = new Map([...tensors].filter(([name]) => name.startsWith(MODEL)));
  expectSize(card, { path, tensors: ofModel });
  const model = new Gpt(card.config, { seed: 0 });
  try {
    assign(modelVariables(model), { path, tensors: ofModel });
    return { model, card };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

const MODEL = "model/";

function modelVariables({ variables }: Gpt): Map<string, tf.Variable> {
  return new Map(Object.entries(variables).map(([path, each]) => [`${MODEL}${path}`, each]));
}

/** TensorFlow.js gives its variables numbers as names, other ones in each process: here they go by path. */
function namedVariables({
  model,
  optimizer,
}: Pick<CheckpointState, "model" | "optimizer">): Map<string, tf.Variable> {
  const named = modelVariables(model);
  for (const memory of ["m", "v"]) {
    for (const [path, { name }] of Object.entries(model.variables)) {
      named.set(`optimizer/${memory}/${path}`, optimizer.state[`${memory}/${name}`]!);
    }
  }
  return named.set("optimizer/step", optimizer.state["step"]!);
}

/** The numbers are fetched when the file is written, one tensor at a time. */
function storedVariable(
  variable: tf.Variable,
  { path, name }: { readonly path: string; readonly name: string },
): StoredTensor {
  return {
    dtype: typeOf(variable),
    shape: variable.shape,
    get data() {
      const data = variable.dataSync() as Float32Array | Int32Array;
      const place = data.findIndex((number) => !Number.isFinite(number));
      if (place === -1) return data;
      throw new DataError(
        `${path}: expected finite numbers to save, got ${data[place]} in ${name}; the model is broken, what was saved before is intact`,
      );
    },
  };
}

function typeOf({ dtype }: tf.Variable): "F32" | "I32" {
  return dtype === "int32" ? "I32" : "F32";
}

interface Source {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** All are compared before the first is changed. */
function assign(variables: ReadonlyMap<string, tf.Variable>, { path, tensors }: Source): void {
  const other = [...tensors.keys()].find((name) => !variables.has(name));
  if (other !== undefined) {
    throw new DataError(
      `${path}: expected the tensors of the model that its card describes, got "${other}" as well; the checkpoint is damaged`,
    );
  }
  for (const [name, variable] of variables) {
    const found = tensors.get(name);
    const expected = `${typeOf(variable)} of shape (${variable.shape.join(", ")})`;
    const got = found ? `${found.dtype} of shape (${found.shape.join(", ")})` : "none";
    if (got === expected) continue;
    throw new DataError(
      `${path}: expected "${name}" as ${expected}, got ${got}; the checkpoint is of another model or damaged`,
    );
  }
  tf.tidy(() => {
    for (const [name, variable] of variables) {
      const { data, shape } = tensors.get(name)!;
      variable.assign(tf.tensor(data as Float32Array, [...shape], variable.dtype));
    }
  });
}

/** Before a model is made: a damaged card could ask for any amount of memory. */
function expectSize({ config }: CheckpointCard, { path, tensors }: Source): void {
  const stored = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
  try {
    const described = config.layers > tensors.size ? Infinity : parameterCount(config).total;
    if (described === stored) return;
    throw new DataError(
      `${path}: expected ${described} weights for the model that its card describes, got ${stored}; the checkpoint is damaged`,
    );
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new DataError(`${path}: ${error.message}; the checkpoint is damaged`, { cause: error });
  }
}
