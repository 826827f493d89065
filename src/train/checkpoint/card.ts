/**
 * What a checkpoint says about itself: the model, the settings, and how far the run had come.
 *
 * It is the metadata of the file, text by text, so that other programs show it too.
 *
 * Source:  https://github.com/huggingface/safetensors, README, "Format", `__metadata__`
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { DataError } from "../../core/errors.ts";
import type { GptConfig } from "../../models/gpt.ts";
import type { TrainConfig } from "../config.ts";

/** All of a run but its tensors. */
export interface CheckpointCard {
  /** Of the model. */
  readonly config: GptConfig;
  readonly training: TrainConfig;
  /** Updates done. */
  readonly step: number;
  /** Random words drawn for windows so far; what is dropped depends on seed and step alone. */
  readonly position: number;
  /** The loss of the first step, in nats per token: what explosions are measured by. */
  readonly firstLoss: number;
  /** SHA-256 of the ids that are learned from. */
  readonly corpus: string;
}

/** The first text of every checkpoint: what it is, and in which version. */
const FORMAT = "glassbox checkpoint 1";

const model: GptConfig = {
  vocabulary: 0,
  context: 0,
  layers: 0,
  heads: 0,
  channels: 0,
  positions: "learned",
  norm: "before",
  activation: "gelu",
  bias: false,
  dropout: 0,
  deviation: 0,
};
const training: TrainConfig = {
  steps: 0,
  batch: 0,
  accumulate: 0,
  learningRate: 0,
  warmUp: 0,
  floor: 0,
  beta1: 0,
  beta2: 0,
  weightDecay: 0,
  clip: 0,
  seed: 0,
  evaluateEvery: 0,
  evaluateBatches: 0,
  sampleEvery: 0,
  checkpointEvery: 0,
};
/** A card of the right types: each text of the metadata must have the form of its field. */
const form: CheckpointCard = {
  config: model,
  training,
  step: 0,
  position: 0,
  firstLoss: 0,
  corpus: "",
};

/** The texts of a card, its fields in one order, so that equal runs make equal files. JSON has no infinity: it is a text. */
export function printCard(card: CheckpointCard): Record<string, string> {
  const texts = Object.entries(form).map(([name, like]) => {
    const value = inOrder(card[name as keyof CheckpointCard], like);
    const text = JSON.stringify(value, (_, each: unknown) =>
      each === Infinity ? "Infinity" : each,
    );
    return [name, text] as const;
  });
  return { format: FORMAT, ...Object.fromEntries(texts) };
}

function inOrder(value: unknown, like: unknown): unknown {
  if (typeof like !== "object" || like === null) return value;
  const fields = value as Record<string, unknown>;
  return Object.fromEntries(Object.keys(like).map((name) => [name, fields[name]]));
}

/** Reads the texts of a file's metadata; throws `DataError` that names the file and what is not as it should be. */
export function parseCard(
  metadata: Readonly<Record<string, string>>,
  { path }: { readonly path: string },
): CheckpointCard {
  const { format } = metadata;
  if (format !== FORMAT) {
    throw new DataError(
      `${path}: expected a checkpoint of this program, "${FORMAT}", got ${format === undefined ? "tensors without a format" : `"${format}"`}; name the folder that a training wrote`,
    );
  }
  const fields = Object.entries(form).map(([name, like]) => {
    const value = parseText(metadata[name]);
    const wrong = differenceOf(value, like as unknown, name);
    if (wrong === undefined) return [name, value] as const;
    throw new DataError(
      `${path}: expected ${wrong.expected} as ${wrong.name}, got ${wrong.got}; the checkpoint is damaged or of another version`,
    );
  });
  return Object.fromEntries(fields) as unknown as CheckpointCard;
}

function parseText(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "", (_, value: unknown) => (value === "Infinity" ? Infinity : value));
  } catch {
    return undefined; // no value has this form, and whoever compares says so
  }
}

interface Difference {
  readonly name: string;
  readonly expected: string;
  readonly got: string;
}

/** The first place where a value has another type than its form. */
function differenceOf(value: unknown, like: unknown, name: string): Difference | undefined {
  if (typeof like !== "object" || like === null) {
    if (typeof value === typeof like) return undefined;
    return { name, expected: `a ${typeof like}`, got: JSON.stringify(value) ?? "nothing" };
  }
  if (typeof value !== "object" || value === null) {
    return { name, expected: "an object", got: JSON.stringify(value) ?? "nothing" };
  }
  for (const [key, each] of Object.entries(like)) {
    const found = (value as Record<string, unknown>)[key];
    const difference = differenceOf(found, each, `${name}.${key}`);
    if (difference) return difference;
  }
  return undefined;
}
