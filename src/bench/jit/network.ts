/**
 * What a network is to the benchmark of the compiler: its first weights, its batches, and a training step in plain
 * operations.
 *
 * Weights and batches are made once and handed to every side as bytes, so all begin with the same numbers.
 *
 * Axes:    B batch, T positions, C channels, V different characters
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/00-start.ipynb
 */
import type * as tf from "@tensorflow/tfjs";

import { mobyDick } from "../../../datasets/moby-dick/chapters.ts";
import { Random } from "../../core/random.ts";
import { CharacterTokenizer } from "../../text/characters.ts";
import type { Json } from "../answering-process.ts";
import type { Batches } from "../task-files.ts";

/** A weight before training: normal numbers around 0 with this deviation, or ones. */
export interface FirstWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: number | "ones" | "zeros";
}

/** Trains on one batch and returns the loss before. */
export type TrainingStep = (x: tf.Tensor, y: tf.Tensor) => tf.Scalar;

export interface Network {
  /** As networks.py calls it: "gpt". */
  readonly name: string;
  /** "GPT, 4 layers of 128 channels". */
  readonly title: string;
  /** What networks.py must know beside the weights' shapes. */
  readonly config: Json;
  readonly weights: readonly FirstWeight[];
  readonly batches: () => Batches;
  /** Makes the step over its weights, which it may assign to. */
  readonly build: (weights: Readonly<Record<string, tf.Variable>>) => TrainingStep;
}

/** The numbers of a weight; each weight has its own seed. */
export function firstNumbers({ shape, start }: FirstWeight, seed: number): Float32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  if (typeof start === "string") return new Float32Array(size).fill(start === "ones" ? 1 : 0);
  const random = new Random(seed);
  // Box and Muller (1958): a normal number from two uniform ones.
  return Float32Array.from({ length: size }, () => {
    const [radius, angle] = [1 - random.uniform(), random.uniform()];
    return start * Math.sqrt(-2 * Math.log(radius)) * Math.cos(2 * Math.PI * angle);
  });
}

/** Moby-Dick as characters. */
export interface Characters {
  readonly ids: readonly number[];
  /** V */
  readonly vocabulary: number;
}

let book: Characters | undefined;

/** The first 200,000 characters of Moby-Dick as ids. */
export function characters(): Characters {
  if (book) return book;
  const text = mobyDick()
    .map((chapter) => chapter.text)
    .join("\n")
    .slice(0, 200_000);
  const tokenizer = new CharacterTokenizer(text);
  book = { ids: tokenizer.encode(text), vocabulary: tokenizer.vocabulary };
  return book;
}

/** Windows (B, T) of the book at random places, and the characters that follow each. */
export function textBatches([B, T]: readonly [number, number], count: number): Batches {
  const { ids } = characters();
  const random = new Random(1);
  const x = new Int32Array(count * B * T);
  const y = new Int32Array(count * B * T);
  for (let row = 0; row < count * B; row++) {
    const start = random.integer(ids.length - T);
    x.set(ids.slice(start, start + T), row * T);
    y.set(ids.slice(start + 1, start + T + 1), row * T);
  }
  return { count, x: { shape: [B, T], values: x }, y: { shape: [B, T], values: y } };
}
