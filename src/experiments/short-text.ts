/**
 * A short text, read again and again: what does a GPT learn from it, and what becomes of text that it has not read?
 *
 * The control is the same training on the whole book, where hardly any window is read twice.
 *
 * Source:  Goodfellow, Bengio and Courville (2016), "Deep Learning", section 5.2
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { useEngine } from "../backend/engine.ts";
import type { Corpus } from "../data/split.ts";
import { bookByCharacters, smallTraining } from "./book-gpt.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";
import { recited, writeRows } from "./real-words.ts";
import { smallRun } from "./small-run.ts";

/** Updates of each run. */
export const SHORT_STEPS = 500;

/** Characters of the short text: the steps, of 16 windows of 64, read it 171 times. */
export const SHORT_TEXT = 3000;

/** The temperature at which it is asked to write what it has learned. */
export const RECITING = 0.5;

/** The beginning of the text to learn from; the text held out stays. */
export function shortened(corpus: Corpus, length: number = SHORT_TEXT): Corpus {
  return { train: corpus.train.subarray(0, length), validation: corpus.validation };
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  const book = bookByCharacters();
  const config = smallTraining({ seed, steps: SHORT_STEPS });
  let done = 0;
  const onStep = (): void => onProgress?.(++done / (2 * SHORT_STEPS));
  const options = { vocabulary: book.tokenizer.vocabulary, config, signal, onStep };
  const short = await smallRun(shortened(book), options);
  const whole = await smallRun(book, options);
  const pages = { ...book, ...shortened(book) };
  const shares: number[] = [];
  for (const { model } of [short, whole]) {
    shares.push(
      recited(await writeRows(model, pages, { seed, signal, temperature: RECITING }), pages),
    );
    model.dispose();
  }
  const heldOut = short.evaluations.map(({ validationLoss }) => validationLoss);
  return {
    shortTrain: short.evaluations.at(-1)?.trainLoss ?? NaN,
    shortBest: Math.min(...heldOut),
    shortEnd: heldOut.at(-1) ?? NaN,
    wholeTrain: whole.evaluations.at(-1)?.trainLoss ?? NaN,
    wholeEnd: whole.evaluations.at(-1)?.validationLoss ?? NaN,
    recited: shares[0] ?? NaN,
    wholeRecited: shares[1] ?? NaN,
  };
}

/** The small GPT trains for 500 steps on the first 3,000 characters of Moby-Dick, and on all of it. */
export const experiment: Experiment = {
  name: "short-text",
  chapter: "13",
  seconds: 11,
  values: {
    shortTrain: {
      says: "loss at the end on the short text, which it learned",
      unit: "nats per token",
    },
    shortBest: {
      says: "the least loss on held-out text while it learned the short text",
      unit: "nats per token",
    },
    shortEnd: {
      says: "loss on held-out text at the end of learning the short text",
      unit: "nats per token",
    },
    wholeTrain: {
      says: "loss at the end on the whole book, which it learned",
      unit: "nats per token",
    },
    wholeEnd: {
      says: "loss on held-out text at the end of learning the whole book",
      unit: "nats per token",
    },
    recited: {
      says: "stretches of 20 characters that it has from the short text, having learned that",
      unit: "of 1",
      rate: true,
    },
    wholeRecited: {
      says: "stretches of 20 characters that it has from the short text, having learned the whole book",
      unit: "of 1",
      rate: true,
    },
  },
  run,
};
