/**
 * GloVe: word vectors whose products explain how often words stand together.
 *
 * Each word has two vectors w and w̃ with a number b and b̃. They are fitted so that wᵢ·w̃ⱼ + bᵢ + b̃ⱼ comes
 * near log xᵢⱼ; frequent pairs count more, up to a limit. The text is read once, to count; training sees counts.
 *
 * Axes:    V words, C channels, M pairs that occur
 * Source:  Pennington et al. (2014), section 3, https://aclanthology.org/D14-1162; initial values, the ½ of the
 *          loss and AdaGrad on steps (rate times gradient) from the authors' program, https://github.com/stanfordnlp/GloVe
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { DataError } from "../core/errors.ts";
import { breathe } from "../core/interrupt.ts";
import { expectPositive, expectWhole } from "../core/number-range.ts";
import type { CoOccurrence } from "./co-occurrence.ts";
import { QuickRandom } from "./quick-random.ts";
import { VectorMemory } from "./vector-memory.ts";
import { WordVectors } from "./word-vectors.ts";

export interface GloveConfig {
  /** C, numbers in each vector. Default: 100. */
  readonly channels?: number;
  readonly seed: number;
}

export interface GloveTraining {
  /** Times through all pairs. Default: 15. */
  readonly epochs?: number;
  /** The learning rate of AdaGrad. Default: 0.05. */
  readonly rate?: number;
  /** Pairs with this weight or more count fully. Default: 100. */
  readonly limit?: number;
}

/** How far training has come. */
export interface GloveEvent {
  /** Pairs seen so far, each epoch counted. */
  readonly pairs: number;
  /** The part of the training that is done, from 0 to 1. */
  readonly fraction: number;
  /** ½ f(x) (error)², mean over the pairs since the last event. */
  readonly loss: number;
}

/** One word of a pair: its vector and its own number. */
export interface GloveWord {
  /** (C) */
  readonly vector: ArrayLike<number>;
  readonly bias: number;
}

/** What one pair teaches. */
export interface Fit {
  readonly loss: number;
  /** (C) The loss changes by this for a small step of the first word's vector. */
  readonly wordGradient: readonly number[];
  /** (C) The same for the second word's vector. */
  readonly contextGradient: readonly number[];
  /** The same for each of the two biases. */
  readonly biasGradient: number;
}

/** f(x) = min(1, (x / limit)^0.75): how much a pair of weight x counts. */
export function pairWeight(x: number, { limit }: { readonly limit: number }): number {
  return Math.min(1, (x / limit) ** 0.75);
}

/** ½ f(x) (w·w̃ + b + b̃ − log x)² for a pair that stands together with weight x, with its gradients. */
export function fit(
  [word, context]: readonly [word: GloveWord, context: GloveWord],
  x: number,
  { limit }: { readonly limit: number },
): Fit {
  const w = Array.from(word.vector);
  const c = Array.from(context.vector);
  const product = w.reduce((sum, value, i) => sum + value * c[i]!, 0);
  const error = product + word.bias + context.bias - Math.log(x);
  const slope = pairWeight(x, { limit }) * error;
  return {
    loss: (slope * error) / 2,
    wordGradient: c.map((value) => slope * value),
    contextGradient: w.map((value) => slope * value),
    biasGradient: slope,
  };
}

/** Pairs between two events and two breaths: about 50 ms of work. */
const MOST_PAIRS = 200_000;
/** Events of a training that is shorter than that. */
const EVENTS = 200;

/** Two vectors for each word, and how they fit themselves to the counts. */
export class Glove {
  readonly words: readonly string[];
  readonly channels: number;
  readonly #counts: CoOccurrence;
  /** Rows 0 … V − 1 are w, V … 2 V − 1 are w̃, and row i + 2 V adds up the squared steps of row i. */
  readonly #memory: VectorMemory;
  /** (2 V) b and b̃. */
  readonly #biases: Float64Array;
  /** (2 V) */
  readonly #biasSquares: Float64Array;
  readonly #random: QuickRandom;

  /** Vectors and biases start between −1/(2 C) and 1/(2 C). Throws `ConfigError` for C or a seed that is no whole number, `DataError` when words and counts differ in number. */
  constructor(
    words: readonly string[],
    counts: CoOccurrence,
    { channels = 100, seed }: GloveConfig,
  ) {
    expectWhole("Glove channels", channels, 1);
    const V = words.length;
    if (counts.starts.length !== V + 1 || counts.others.length === 0) {
      throw new DataError(
        `Glove: expected pairs of ${V} words, got ${counts.others.length} pairs of ${counts.starts.length - 1} words; ` +
          "count them with coOccurrences(corpus) and give corpus.words",
      );
    }
    this.words = words;
    this.channels = channels;
    this.#counts = counts;
    this.#random = new QuickRandom(seed);
    this.#memory = new VectorMemory(4 * V, channels);
    const start = (): number => (this.#random.uniform() - 0.5) / channels;
    for (let row = 0; row < 2 * V; row++) {
      const values = this.#memory.row(row);
      for (let i = 0; i < channels; i++) values[i] = start();
    }
    this.#biases = Float64Array.from({ length: 2 * V }, start);
    this.#biasSquares = new Float64Array(2 * V);
  }

  /** w + w̃ of each word as they are now, a copy. */
  vectors(): WordVectors {
    const [V, C] = [this.words.length, this.channels];
    const vectors = new Float32Array(V * C);
    for (let id = 0; id < V; id++) {
      const [w, context] = [this.#memory.row(id), this.#memory.row(id + V)];
      for (let i = 0; i < C; i++) vectors[id * C + i] = w[i]! + context[i]!;
    }
    return new WordVectors(this.words, vectors);
  }

  /**
   * Goes `epochs` times through all pairs, in one random order; yields about 200 events, more for many pairs.
   *
   * What has been learned stays when the reader stops early. Throws `ConfigError` for options out of range,
   * `Interrupted` after Stop.
   */
  async *train(training: GloveTraining = {}): AsyncGenerator<GloveEvent, void> {
    const { epochs = 15, rate = 0.05, limit = 100 } = training;
    expectWhole("Glove.train epochs", epochs, 1);
    expectPositive("Glove.train rate", rate);
    expectPositive("Glove.train limit", limit);
    const pairs = this.#shuffledPairs(limit);
    const M = pairs.words.length;
    const batch = Math.min(MOST_PAIRS, Math.ceil((M * epochs) / EVENTS));
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let start = 0; start < M; start += batch) {
        const end = Math.min(start + batch, M);
        let loss = 0;
        for (let i = start; i < end; i++) {
          loss += this.#learn(pairs.words[i]!, pairs.contexts[i]!, {
            target: pairs.targets[i]!,
            importance: pairs.importances[i]!,
            rate,
          });
        }
        await breathe();
        const seen = epoch * M + end;
        yield { pairs: seen, fraction: seen / (M * epochs), loss: loss / (end - start) };
      }
    }
  }

  /** A step of AdaGrad along the gradients of `fit`, in place; returns the loss. */
  #learn(word: number, other: number, { target, importance, rate }: Aim): number {
    const V = this.words.length;
    const context = V + other;
    const { loops } = this.#memory;
    const product = loops.dot(word, context);
    const error = product + this.#biases[word]! + this.#biases[context]! - target;
    const slope = importance * error;
    loops.descend(word, context, word + 2 * V, context + 2 * V, rate * slope);
    this.#descendBias(word, rate * slope);
    this.#descendBias(context, rate * slope);
    return (slope * error) / 2;
  }

  #descendBias(row: number, step: number): void {
    this.#biases[row]! -= step / Math.sqrt(1 + this.#biasSquares[row]!);
    this.#biasSquares[row]! += step * step;
  }

  /** All pairs in random order (Fisher and Yates), laid out in that order so that training reads them in a row. */
  #shuffledPairs(limit: number): Pairs {
    const { starts, others, weights } = this.#counts;
    const M = others.length;
    const order = Int32Array.from(others, (_, pair) => pair);
    for (let last = M - 1; last > 0; last--) {
      const other = Math.floor(this.#random.uniform() * (last + 1));
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
    const firsts = new Int32Array(M);
    for (let id = 0; id < this.words.length; id++) firsts.fill(id, starts[id], starts[id + 1]);
    return {
      words: order.map((pair) => firsts[pair]!),
      contexts: order.map((pair) => others[pair]!),
      targets: Float32Array.from(order, (pair) => Math.log(weights[pair]!)),
      importances: Float32Array.from(order, (pair) => pairWeight(weights[pair]!, { limit })),
    };
  }
}

/** (M) each: the two words of a pair, log x, and f(x). */
interface Pairs {
  readonly words: Int32Array;
  readonly contexts: Int32Array;
  readonly targets: Float32Array;
  readonly importances: Float32Array;
}

/** What a pair shall come to. */
interface Aim {
  readonly target: number;
  readonly importance: number;
  readonly rate: number;
}
