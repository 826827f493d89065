/**
 * How large is the signal on its way up, and the gradient on its way down, in a deep Transformer that has not learned yet?
 *
 * At each layer stands a tensor of zeros that is added to the stream. The gradient of the loss with respect to it is what
 * that layer is told about the error.
 *
 * Axes:    B batch, T positions, C channels, L layers
 * Source:  Xiong et al. (2020), "On Layer Normalization in the Transformer Architecture", section 3.3,
 *          https://arxiv.org/abs/2002.04745
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { useEngine } from "../backend/engine.ts";
import { namedWeights } from "../nn/weights.ts";
import { crossEntropy } from "../ops/cross-entropy.ts";
import { bookText, windows, type TextBatch } from "./book-batches.ts";
import type { Experiment, Values } from "./experiment.ts";
import { partialLogits, partialWeights, type PartialConfig } from "./partial-transformer.ts";

/** A way to stack layers. */
export type Stack =
  | "neither residual nor norm"
  | "norm alone"
  | "residual alone"
  | "residual, norm after"
  | "residual, norm before";

/** What each of them has. */
export const stacks: Readonly<Record<Stack, Partial<PartialConfig>>> = {
  "neither residual nor norm": { residual: false, norm: "none" },
  "norm alone": { residual: false, norm: "before" },
  "residual alone": { residual: true, norm: "none" },
  "residual, norm after": { residual: true, norm: "after" },
  "residual, norm before": { residual: true, norm: "before" },
};

/** L, and the other sizes of the deep model. */
export const depth = 16;
const sizes = { context: 32, layers: depth, heads: 4, channels: 32 };
const BATCH = 8;

/** Root mean squares before each layer and after the last: L + 1 numbers each. */
export interface StreamSizes {
  /** Of the numbers of the stream. */
  readonly signal: readonly number[];
  /** Of the gradient of the loss with respect to them. */
  readonly gradient: readonly number[];
}

/** Measures one stack with its first weights, on characters of a text. */
export function streamSizes(
  stack: Stack,
  { x, y }: TextBatch,
  { vocabulary, seed }: { readonly vocabulary: number; readonly seed: number },
): StreamSizes {
  const config = { ...sizes, ...stacks[stack], vocabulary };
  const weights = partialWeights(config, { seed });
  const measured = tf.tidy(() => {
    const [B, T] = x.shape;
    const signal: number[] = [];
    const zeros = Array.from({ length: depth + 1 }, () => tf.zeros([B, T, sizes.channels]));
    const loss = (...added: tf.Tensor[]): tf.Scalar => {
      const stream = (h: tf.Tensor3D, layer: number): tf.Tensor3D => {
        signal.push(rootMeanSquare(h));
        return tf.add(h, added[layer] as tf.Tensor);
      };
      return crossEntropy(partialLogits(x, weights, config, { stream }), tf.reshape(y, [-1]));
    };
    const gradient = tf.grads(loss)(zeros).map(rootMeanSquare);
    return { signal, gradient };
  });
  tf.dispose(Object.values(namedWeights(weights)));
  return measured;
}

function rootMeanSquare(x: tf.Tensor): number {
  return tf.tidy(() => tf.sqrt(tf.mean(tf.square(x))).dataSync()[0] as number);
}

function run({ seed }: { readonly seed: number }): Promise<Values> {
  return useEngine().then(() => {
    const { vocabulary, read } = bookText({ seed });
    const batch = windows(read, { batch: BATCH, context: sizes.context, seed })();
    const kept = (stack: Stack): number => {
      const { gradient } = streamSizes(stack, batch, { vocabulary, seed });
      return Math.log10((gradient[0] as number) / (gradient[depth] as number));
    };
    const values = {
      neither: kept("neither residual nor norm"),
      normAlone: kept("norm alone"),
      residualAlone: kept("residual alone"),
      after: kept("residual, norm after"),
      before: kept("residual, norm before"),
    };
    tf.dispose([batch.x, batch.y]);
    return values;
  });
}

const kept = (what: string): { says: string; unit: string } => ({
  says: `the gradient before the first of ${depth} layers beside that after the last, ${what}`,
  unit: "powers of ten",
});

/** How far a gradient grows or shrinks on its way through a deep model. */
export const experiment: Experiment = {
  name: "stream-depth",
  chapter: "09",
  seconds: 2,
  values: {
    neither: kept("without residual connections and norms"),
    normAlone: kept("with norms alone"),
    residualAlone: kept("with residual connections alone"),
    after: kept("with both, the norm after each part"),
    before: kept("with both, the norm before each part"),
  },
  run,
};
