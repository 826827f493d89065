/**
 * Windows of Moby-Dick as characters: chapters to learn from, and chapters that are held out.
 *
 * Axes:    B batch, T positions, V different characters
 * Source:  https://github.com/karpathy/nanoGPT, data/shakespeare_char
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { mobyDick } from "../../datasets/moby-dick/chapters.ts";
import { Random } from "../core/random.ts";
import { CharacterTokenizer } from "../text/characters.ts";
import { holdOut } from "./held-out.ts";

/** Characters and the one that follows each, (B, T) of int32 both. */
export type TextBatch = { readonly x: tf.Tensor2D; readonly y: tf.Tensor2D };

export interface BookText {
  /** V */
  readonly vocabulary: number;
  /** The chapters to learn from, one after the other, and those held out. */
  readonly read: Int32Array;
  readonly held: Int32Array;
}

/** Moby-Dick as ids; the seed decides which tenth of its chapters is held out. */
export function bookText({ seed }: { readonly seed: number }): BookText {
  const texts = mobyDick().map(({ text }) => text);
  const tokenizer = new CharacterTokenizer(texts.join(""));
  const { read, held } = holdOut(texts, { seed });
  const ids = (chapters: readonly string[]): Int32Array =>
    Int32Array.from(tokenizer.encode(chapters.join("\n\n")));
  return { vocabulary: tokenizer.vocabulary, read: ids(read), held: ids(held) };
}

/** A function that draws windows at random places of a text. */
export function windows(
  ids: Int32Array,
  {
    batch: B,
    context: T,
    seed,
  }: { readonly batch: number; readonly context: number; readonly seed: number },
): () => TextBatch {
  const random = new Random(seed);
  return () => {
    const [x, y] = [new Int32Array(B * T), new Int32Array(B * T)];
    for (let row = 0; row < B; row++) {
      const start = random.integer(ids.length - T);
      x.set(ids.subarray(start, start + T), row * T);
      y.set(ids.subarray(start + 1, start + T + 1), row * T);
    }
    return { x: tf.tensor2d(x, [B, T], "int32"), y: tf.tensor2d(y, [B, T], "int32") };
  };
}
