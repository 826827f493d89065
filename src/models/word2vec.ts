/**
 * Word2Vec: skip-gram with negative sampling. Each word learns to tell its real neighbours from random words.
 *
 * Every word has two vectors, one as the word that looks around (input) and one as the word that is met
 * (output). Their product says how likely the two stand together. The input vectors are what is kept.
 *
 * Axes:    V words, C channels, K noise words for each real neighbour
 * Source:  Mikolov et al. (2013), sections 2.2 and 2.3, https://arxiv.org/abs/1310.4546; where the paper is
 *          silent (rate, window, initial values) its program word2vec.c, as gensim follows it
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { DataError } from "../core/errors.ts";
import { breathe } from "../core/interrupt.ts";
import { expectNotNegative, expectPositive, expectWhole } from "../core/number-range.ts";
import type { WordCorpus } from "../core/word-corpus.ts";
import { quickSigmoid, quickSurprise, sigmoid, surprise } from "./logistic.ts";
import { noiseChances, NoiseTable } from "./noise-table.ts";
import { QuickRandom } from "./quick-random.ts";
import { keepChances } from "./sub-sampling.ts";
import { VectorMemory } from "./vector-memory.ts";
import { WordVectors } from "./word-vectors.ts";

export interface Word2VecConfig {
  /** C, numbers in each vector. Default: 100. */
  readonly channels?: number;
  readonly seed: number;
}

export interface Word2VecTraining {
  /** Times through the text. Default: 5. */
  readonly epochs?: number;
  /** The farthest neighbour; for each word a smaller or equal distance is drawn. Default: 5 words. */
  readonly window?: number;
  /** K, noise words for each real neighbour. Default: 5. */
  readonly negatives?: number;
  /** Words with a greater share of the text are thinned out; 0 keeps all. Default: 1e-3. */
  readonly sample?: number;
  /** The learning rate at the start. Default: 0.025. */
  readonly rate?: number;
  /** The learning rate at the end; in between it falls in a straight line. Default: 1e-4. */
  readonly lastRate?: number;
}

/** How far training has come. */
export interface Word2VecEvent {
  /** Words of the text read so far, each epoch counted. */
  readonly words: number;
  /** The part of the training that is done, from 0 to 1. */
  readonly fraction: number;
  /** The learning rate used last. */
  readonly rate: number;
  /** Nats for one neighbour with its noise words, mean since the last event; about (K + 1) log 2 before any learning. */
  readonly loss: number;
}

/** What one neighbour and its noise words teach. */
export interface Contrast {
  /** Nats. */
  readonly loss: number;
  /** (C) The loss changes by this for a small step of the input vector. */
  readonly inputGradient: readonly number[];
  /** (1 + K, C) And by these for the output vectors. */
  readonly outputGradients: readonly (readonly number[])[];
}

/**
 * One neighbour against K noise words: −log σ(v·u₀) − Σ log σ(−v·uₖ), with its gradients.
 *
 * `input` (C) is v, the vector of the word; `outputs` (1 + K, C) are u₀ of the real neighbour and then uₖ of the
 * noise words. Training moves each vector by −rate times its gradient, all at once.
 */
export function contrast(
  input: ArrayLike<number>,
  outputs: readonly ArrayLike<number>[],
): Contrast {
  const v = Array.from(input);
  const inputGradient = v.map(() => 0);
  let loss = 0;
  const outputGradients = outputs.map((u, k) => {
    const real = k === 0;
    const score = v.reduce((sum, value, i) => sum + value * u[i]!, 0);
    loss += surprise(real ? score : -score);
    const slope = sigmoid(score) - (real ? 1 : 0); // of the loss along the score
    for (let i = 0; i < v.length; i++) inputGradient[i]! += slope * u[i]!;
    return v.map((value) => slope * value); // (C)
  });
  return { loss, inputGradient, outputGradients };
}

/** Words read between two events and two breaths: about 50 ms of work. */
const MOST_WORDS = 50_000;
/** Events of a training that is shorter than that. */
const EVENTS = 200;

/** A longer sentence is read in parts, as in gensim: the rate falls and Stop works between two of them. */
const LONGEST_SENTENCE = 10_000;

/** Two vectors for each word of a text, and how they learn. */
export class Word2Vec {
  readonly corpus: WordCorpus;
  readonly channels: number;
  /** Rows 0 … V − 1 are inputs, V … 2 V − 1 outputs, row 2 V collects the step of an input. */
  readonly #memory: VectorMemory;
  readonly #random: QuickRandom;

  /** Inputs start between −1/(2 C) and 1/(2 C), outputs at 0. Throws `ConfigError` for C or a seed that is no whole number. */
  constructor(corpus: WordCorpus, { channels = 100, seed }: Word2VecConfig) {
    expectWhole("Word2Vec channels", channels, 1);
    this.corpus = corpus;
    this.channels = channels;
    this.#random = new QuickRandom(seed);
    this.#memory = new VectorMemory(2 * corpus.words.length + 1, channels);
    for (let id = 0; id < corpus.words.length; id++) {
      const row = this.#memory.row(id);
      for (let i = 0; i < channels; i++) row[i] = (this.#random.uniform() - 0.5) / channels;
    }
  }

  /** The input vectors as they are now, a copy: two are alike when their words keep the same company. */
  vectors(): WordVectors {
    return this.#copy(0);
  }

  /** The output vectors as they are now, a copy: the greater v·u, the oftener u's word stands near v's. */
  outputs(): WordVectors {
    return this.#copy(this.corpus.words.length);
  }

  #copy(firstRow: number): WordVectors {
    const [V, C] = [this.corpus.words.length, this.channels];
    const vectors = new Float32Array(V * C);
    for (let id = 0; id < V; id++) vectors.set(this.#memory.row(firstRow + id), id * C);
    return new WordVectors(this.corpus.words, vectors);
  }

  /**
   * Reads the text `epochs` times; yields about 200 events, more for a long text.
   *
   * What has been learned stays when the reader stops early. Throws `ConfigError` for options out of range,
   * `DataError` when no sentence has two words or sub-sampling leaves none, `Interrupted` after Stop.
   */
  async *train(training: Word2VecTraining = {}): AsyncGenerator<Word2VecEvent, void> {
    const { epochs = 5, window = 5, negatives = 5, sample = 1e-3 } = training;
    const { rate: firstRate = 0.025, lastRate = 1e-4 } = training;
    expectWhole("Word2Vec.train epochs", epochs, 1);
    expectWhole("Word2Vec.train window", window, 1);
    expectWhole("Word2Vec.train negatives", negatives, 1);
    expectNotNegative("Word2Vec.train sample", sample);
    expectPositive("Word2Vec.train rate", firstRate);
    expectNotNegative("Word2Vec.train lastRate", lastRate);
    const { counts, ids, total } = this.corpus;
    const starts = inParts(this.corpus.starts);
    const sentences = starts.length - 1;
    if (!starts.some((start, s) => s > 0 && start - starts[s - 1]! > 1)) {
      throw new DataError(
        "Word2Vec.train: expected a sentence of two words or more, got none; a word learns from its neighbours",
      );
    }
    const batch = Math.min(MOST_WORDS, Math.ceil((ids.length * epochs) / EVENTS));
    const chances = keepChances(counts, { sample });
    const noise = new NoiseTable(noiseChances(counts));

    const meter = { loss: 0, pairs: 0 };
    const reading = { chances, noise, window, negatives, meter };
    let learned = false;
    let place = 0; // of a word in the text
    for (let epoch = 0, sentence = 0; epoch < epochs;) {
      const fraction = (epoch + place / ids.length) / epochs;
      const rate = firstRate + (lastRate - firstRate) * fraction;
      const first = sentence;
      while (sentence < sentences && starts[sentence]! < place + batch) sentence++;
      this.#read(starts.subarray(first, sentence + 1), reading, rate);
      place = starts[sentence]!;
      await breathe();
      if (meter.pairs > 0) {
        const done = (epoch + place / ids.length) / epochs;
        const words = Math.round(done * epochs * total);
        yield { words, fraction: done, rate, loss: meter.loss / meter.pairs };
        [meter.loss, meter.pairs] = [0, 0];
        learned = true;
      }
      if (sentence === sentences) [epoch, sentence, place] = [epoch + 1, 0, 0];
    }
    if (learned) return;
    throw new DataError(
      `Word2Vec.train: expected neighbours after sub-sampling, got none in ${ids.length} words; set sample to 0 for a small text`,
    );
  }

  /** Learns from the sentences that begin at all `starts` but the last, where they end. */
  #read(starts: Int32Array, reading: Reading, rate: number): void {
    const { chances, window, meter } = reading;
    const { ids } = this.corpus;
    const random = this.#random;
    for (let sentence = 0; sentence < starts.length - 1; sentence++) {
      const kept: number[] = [];
      for (let place = starts[sentence]!; place < starts[sentence + 1]!; place++) {
        if (random.uniform() < chances[ids[place]!]!) kept.push(ids[place]!);
      }
      for (let i = 0; i < kept.length; i++) {
        const reach = 1 + Math.floor(random.uniform() * window);
        const last = Math.min(i + reach, kept.length - 1);
        for (let j = Math.max(i - reach, 0); j <= last; j++) {
          if (j === i) continue;
          meter.loss += this.#learn(kept[j]!, kept[i]!, reading, rate);
          meter.pairs++;
        }
      }
    }
  }

  /** The update of `contrast` for the word `input` that met `output`, in place; returns the loss. */
  #learn(input: number, output: number, { noise, negatives }: Reading, rate: number): number {
    const { loops } = this.#memory;
    const V = this.corpus.words.length;
    const sum = 2 * V;
    let loss = 0;
    for (let k = 0; k <= negatives; k++) {
      const target = k === 0 ? output : noise.at(this.#random.word());
      if (k > 0 && target === output) continue; // the neighbour is no noise
      const score = loops.dot(input, V + target);
      loss += quickSurprise(k === 0 ? score : -score);
      loops.pull(input, V + target, sum, rate * ((k === 0 ? 1 : 0) - quickSigmoid(score)));
    }
    loops.collect(input, sum);
    return loss;
  }
}

/** What stays the same for all words. */
interface Reading {
  /** (V) */
  readonly chances: Float64Array;
  readonly noise: NoiseTable;
  readonly window: number;
  readonly negatives: number;
  /** Nats and neighbours since the last event. */
  readonly meter: { loss: number; pairs: number };
}

/** Where sentences begin, with those too long cut into parts; the last number is where all end. */
function inParts(starts: Int32Array): Int32Array {
  const places: number[] = [];
  starts.forEach((end, s) => {
    const first = s === 0 ? end : starts[s - 1]!;
    for (let cut = first + LONGEST_SENTENCE; cut < end; cut += LONGEST_SENTENCE) places.push(cut);
    places.push(end);
  });
  return Int32Array.from(places);
}
