/**
 * What does a GPT write before it has learned anything, and after a short training: words, repetitions, or the book?
 *
 *   real words   of the words of three letters or more, the share that stands in the part of the book that is learned from
 *   repeated     of all stretches of 20 characters, the share that occurred earlier in the same row of text
 *   recited      of all stretches of 20 characters, the share that stands in what the model was trained on
 *
 * Source:  Holtzman et al. (2020), section 4, on repetition, https://arxiv.org/abs/1904.09751;
 *          Lee et al. (2022), on stretches that occur twice, https://arxiv.org/abs/2107.06499
 * Chapter: notebooks/12-gpt.ipynb
 */
import { useEngine } from "../backend/engine.ts";
import { breathe } from "../core/interrupt.ts";
import { generate } from "../generate/generate.ts";
import type { SamplingOptions } from "../generate/sampling.ts";
import { Bigram } from "../models/bigram.ts";
import { Gpt } from "../models/gpt.ts";
import { wordsOf } from "../text/words.ts";
import { train } from "../train/train.ts";
import { bookByCharacters, smallGpt, smallTraining, type Book } from "./book-gpt.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";

/** Characters of a stretch: long enough that two of them are seldom alike by accident. */
const STRETCH = 20;

/** Where the rows begin that a model writes: whoever always takes the likeliest writes one text for each beginning. */
const STARTS = ["The ", "Now ", "But ", "And ", "He ", "It ", "In ", "With "];

/** Characters of each row. */
const CHARACTERS = 400;

/** Every word of three letters or more in the part of the book that is trained on. */
export function knownWords({ tokenizer, train }: Book): ReadonlySet<string> {
  return new Set(longWords(tokenizer.decode(train)));
}

/** Of the words of three letters or more in some rows of text, the share that is known; the last word of a row is cut off and does not count. */
export function realWords(rows: readonly string[], known: ReadonlySet<string>): number {
  const words = rows.flatMap((row) => longWords(row.replace(/[^\s—]*$/u, "")));
  return words.filter((word) => known.has(word)).length / Math.max(words.length, 1);
}

/** Of the stretches of 20 characters in some rows, the share that occurred earlier in their row. */
export function repeated(rows: readonly string[]): number {
  return share(
    rows.flatMap((row) => {
      const seen = new Set<string>();
      return stretches(row).map((one) => seen.size === seen.add(one).size);
    }),
  );
}

/** Of the stretches of 20 characters in some rows, the share that stands in the part of the book that is trained on. */
export function recited(rows: readonly string[], { tokenizer, train }: Book): number {
  const learned = new Set(stretches(tokenizer.decode(train)));
  return share(rows.flatMap((row) => stretches(row).map((one) => learned.has(one))));
}

export interface WriteRowsOptions extends SamplingOptions {
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** Eight rows of 400 characters that a model writes, each after another word. */
export async function writeRows(
  model: Gpt,
  { tokenizer }: Book,
  options: WriteRowsOptions,
): Promise<string[]> {
  const prompts = STARTS.map((start) => tokenizer.encode(start));
  const rows: number[][] = prompts.map(() => []);
  for await (const event of generate(model, prompts, { ...options, tokens: CHARACTERS })) {
    if (event.type === "token") rows[event.row]?.push(event.id);
  }
  options.signal?.throwIfAborted();
  return rows.map((ids) => tokenizer.decode(ids));
}

/** As much text by the counted pairs of chapter 01. */
export function pairsRows(
  { tokenizer, train }: Book,
  { seed }: { readonly seed: number },
): string[] {
  const pairs = new Bigram(train, tokenizer);
  const [space = 0] = tokenizer.encode(" ");
  return STARTS.map((_, row) => {
    const options = { count: CHARACTERS, seed: seed * STARTS.length + row };
    return tokenizer.decode([...pairs.write(space, options)]);
  });
}

/** As much text of the book, from the part that is held out. */
export function heldOutRows({ tokenizer, validation }: Book): string[] {
  return STARTS.map((_, row) => {
    const from = Math.floor((row * validation.length) / STARTS.length);
    return tokenizer.decode(validation.subarray(from, from + CHARACTERS));
  });
}

function longWords(text: string): string[] {
  return wordsOf(text).filter((word) => word.length >= 3);
}

function stretches(text: string): string[] {
  return Array.from({ length: Math.max(text.length - STRETCH + 1, 0) }, (_, i) =>
    text.slice(i, i + STRETCH),
  );
}

function share(list: readonly boolean[]): number {
  return list.filter(Boolean).length / Math.max(list.length, 1);
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  await useEngine();
  const book = bookByCharacters();
  const known = knownWords(book);
  const model = new Gpt({ ...smallGpt, vocabulary: book.tokenizer.vocabulary }, { seed });
  const options = { seed, signal };
  const untrained = await writeRows(model, book, options);
  const config = smallTraining({ seed });
  let loss = NaN;
  for await (const event of train(model, book, config, signal ? { signal } : {})) {
    if (event.type === "evaluation") loss = event.validationLoss;
    onProgress?.((0.8 * event.step) / config.steps);
    await breathe();
  }
  const trained = await writeRows(model, book, options);
  const greedy = await writeRows(model, book, { ...options, temperature: 0 });
  model.dispose();
  const held = heldOutRows(book);
  return {
    loss,
    untrained: realWords(untrained, known),
    pairs: realWords(pairsRows(book, { seed }), known),
    trained: realWords(trained, known),
    book: realWords(held, known),
    recited: recited(trained, book),
    bookRecited: recited(held, book),
    greedyRepeated: repeated(greedy),
    sampledRepeated: repeated(trained),
  };
}

/** A GPT of 0.1 million parameters reads Moby-Dick by characters for 1,500 steps; the seed decides its first weights and what it reads. */
export const experiment: Experiment = {
  name: "real-words",
  chapter: "12",
  seconds: 20,
  values: {
    loss: { says: "loss on the part of the book held out, after training", unit: "nats per token" },
    untrained: {
      says: "words of an untrained model that stand in the text that the trained one learns from",
      unit: "of 1",
      rate: true,
    },
    pairs: {
      says: "words of counted pairs of characters that stand in the text they were counted in",
      unit: "of 1",
      rate: true,
    },
    trained: {
      says: "words of the trained model that stand in the text it learned from",
      unit: "of 1",
      rate: true,
    },
    book: {
      says: "words of the part held out that stand in the other part",
      unit: "of 1",
      rate: true,
    },
    recited: {
      says: "stretches of 20 characters that the trained model has from its training text",
      unit: "of 1",
      rate: true,
    },
    bookRecited: {
      says: "stretches of 20 characters of the part held out that stand in the other part too",
      unit: "of 1",
      rate: true,
    },
    greedyRepeated: {
      says: "stretches of 20 characters that occur a second time in a row, always taking the likeliest",
      unit: "of 1",
      rate: true,
    },
    sampledRepeated: {
      says: "stretches of 20 characters that occur a second time in a row, drawing by the odds",
      unit: "of 1",
      rate: true,
    },
  },
  run,
};
