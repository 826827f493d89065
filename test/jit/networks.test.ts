import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { compile } from "../../src/jit/compile.ts";
import { languageModel, languageModelIds } from "./networks/language-model.ts";
import { convolutional, layered, pictureClasses, pictures } from "./networks/pictures.ts";
import { recurrent, recurrentIds } from "./networks/recurrent.ts";
import { Weights, descent, wholeNumbers } from "./networks/weights.ts";

beforeAll(() => useEngine("tensorflow"));
afterEach(() => {
  tf.disposeVariables();
});

interface Trained {
  readonly losses: readonly number[];
  /** The largest difference of two losses of the same step, relative to the loss. */
  readonly drift: number;
}

/** Trains two networks of the same weights, one plain, one compiled, on the same batches. */
async function trainBoth<X extends tf.Tensor, Y extends tf.Tensor>(
  make: () => (x: X, y: Y) => tf.Scalar,
  { batch, steps }: { readonly batch: (step: number) => [X, Y]; readonly steps: number },
): Promise<Trained> {
  const plain = make();
  const step = compile(make() as (x: tf.Tensor, y: tf.Tensor) => tf.Scalar);
  const number = (loss: () => tf.Scalar): number => tf.tidy(() => loss().dataSync()[0] as number);
  const first = batch(0);
  await step.ready(...first);
  const losses: number[] = [];
  let drift = 0;
  for (let count = 0; count < steps; count++) {
    const [x, y] = batch(count);
    const expected = number(() => plain(x, y));
    const found = number(() => step(x, y));
    tf.dispose([x, y]);
    losses.push(expected);
    drift = Math.max(drift, Math.abs(found - expected) / expected);
  }
  expect(step.stats()).toMatchObject({ traces: 1, eagerCalls: 0, fallback: null });
  step.dispose();
  tf.dispose(first);
  return { losses, drift };
}

/** The text goes round: its ids follow each other as in a song of four batches. */
const song =
  (ids: { readonly shape: [number, number]; readonly limit: number }) =>
  (step: number): [tf.Tensor2D, tf.Tensor2D] => [
    wholeNumbers(ids.shape, { limit: ids.limit, seed: 1 + (step % 4) }),
    wholeNumbers(ids.shape, { limit: ids.limit, seed: 5 + (step % 4) }),
  ];

const album = (step: number): [tf.Tensor4D, tf.Tensor2D] => [
  pictures(1 + (step % 4)),
  wholeNumbers(pictureClasses.shape, { limit: pictureClasses.limit, seed: 9 + (step % 4) }),
];

describe("a compiled network loses what the plain one loses, over 200 steps", () => {
  const expectAlike = ({ losses, drift }: Trained): void => {
    expect(drift).toBeLessThan(1e-5);
    // It has learned: a step that computed nothing would agree too.
    expect(losses.at(-1)).toBeLessThan(0.9 * (losses[0] as number));
  };

  it("a GPT of two blocks", async () => {
    expectAlike(await trainBoth(languageModel, { batch: song(languageModelIds), steps: 200 }));
  });

  it("a network of convolutions", async () => {
    expectAlike(await trainBoth(convolutional, { batch: album, steps: 200 }));
  });

  it("an unrolled LSTM", async () => {
    expectAlike(await trainBoth(recurrent, { batch: song(recurrentIds), steps: 200 }));
  });

  it("an embedding some of whose rows are met several times in a batch", async () => {
    const embedding = (): ((x: tf.Tensor1D, y: tf.Tensor2D) => tf.Scalar) => {
      const weights = new Weights();
      const table = weights.matrix(5, 3, 0.5);
      return (x, y) => {
        const loss = (): tf.Scalar => tf.mean(tf.squaredDifference(tf.gather(table, x), y));
        return descent(weights.all, { loss, rate: 0.5 });
      };
    };
    const batch = (step: number): [tf.Tensor1D, tf.Tensor2D] => [
      tf.tensor1d([1, 1, 2, 1, step % 5], "int32"),
      tf.randomNormal<tf.Rank.R2>([5, 3], 1, 0.1, "float32", 1 + step),
    ];
    expectAlike(await trainBoth(embedding, { batch, steps: 200 }));
  });

  it("a model of tf.layers with both normalizations, over 20 steps to a ten-thousandth", async () => {
    const { losses, drift } = await trainBoth(layered, { batch: album, steps: 20 });
    expect(drift).toBeLessThan(1e-4);
    expect(losses.at(-1)).toBeLessThan(losses[0] as number);
  });
});
