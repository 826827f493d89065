/**
 * The smallest model with attention: word vectors, a layer or two that look, and an answer at each word.
 *
 *     x = table[ids];  x = attention(x), or x + attention(x) where there are two layers;  logits = x W
 *
 * Its only way from one word to another is a weight of attention, so that nothing else can explain an answer.
 *
 * Axes:    B texts, T words of a text, C channels, V words of the vocabulary
 * Source:  Elhage et al. (2021), on models of attention alone, https://transformer-circuits.pub/2021/framework/index.html
 * Chapter: notebooks/08-attention.ipynb
 */
import * as tf from "@tensorflow/tfjs";

import { DataError } from "../core/errors.ts";
import { breathe } from "../core/interrupt.ts";
import { compile } from "../jit/compile.ts";
import { selfAttention, type AttentionWeights } from "../nn/attention.ts";
import { embed } from "../nn/embedding.ts";
import { linear } from "../nn/linear.ts";
import { makeWeights, namedWeights, normal } from "../nn/weights.ts";
import { AdamW } from "../ops/adamw.ts";
import { crossEntropyEach } from "../ops/cross-entropy.ts";

/** A text, and for each of its words the answer that is asked for there; undefined where nothing is asked. */
export interface Example {
  readonly words: readonly string[];
  readonly answers: readonly (string | undefined)[];
}

/** How a looker is built. */
export interface LookerConfig {
  /** Its vocabulary; "." fills up short texts. */
  readonly words: readonly string[];
  /** Default: 32. */
  readonly channels?: number;
  /** Default: 1. */
  readonly layers?: number;
  /** Default: 1. */
  readonly heads?: number;
  /** May a word look at those before it and itself alone? Default: false. */
  readonly causal?: boolean;
  /** Do scores depend on how far apart words are (rotary positions)? Default: true. */
  readonly places?: boolean;
  /** Does each word take the plain average of all instead, a bag of words? Default: false. */
  readonly even?: boolean;
  readonly seed: number;
}

/** Texts as numbers: ids and answers (B, T) int32, and 1 where something is asked. */
interface Batch {
  readonly ids: tf.Tensor2D;
  readonly answers: tf.Tensor2D;
  readonly asked: tf.Tensor2D;
}

/** Word vectors, attention, answers. */
export class Looker {
  readonly config: Required<LookerConfig>;
  /** By name, as `namedWeights` gives them. */
  readonly variables: Readonly<Record<string, tf.Variable>>;
  readonly #table: tf.Tensor2D;
  readonly #layers: readonly AttentionWeights[];
  readonly #answer: tf.Tensor2D;
  readonly #ids: ReadonlyMap<string, number>;

  /** All weights begin as normal numbers with the deviation 1 / √C. */
  constructor({
    words,
    channels: C = 32,
    layers = 1,
    heads = 1,
    causal = false,
    places = true,
    even = false,
    seed,
  }: LookerConfig) {
    const [V, deviation] = [words.length, 1 / Math.sqrt(C)];
    const layer = {
      qkv: { weight: normal([C, 3 * C], deviation) },
      out: { weight: normal([C, C], deviation) },
    };
    const tree = {
      table: normal([V, C], deviation),
      layers: Array.from({ length: layers }, () => layer),
      answer: normal([C, V], deviation),
    };
    const weights = makeWeights(tree, { seed });
    this.config = { words, channels: C, layers, heads, causal, places, even, seed };
    this.variables = namedWeights(weights);
    this.#table = weights.table;
    this.#layers = weights.layers;
    this.#answer = weights.answer;
    this.#ids = new Map(words.map((word, id) => [word, id]));
  }

  /** ids (B, T) int32 -> logits (B, T, V) of the answers, and the weights (B, H, T, T) of each layer. */
  look(ids: tf.Tensor2D): {
    readonly logits: tf.Tensor3D;
    readonly weights: readonly tf.Tensor4D[];
  } {
    const { heads, causal, places, even } = this.config;
    const weights: tf.Tensor4D[] = [];
    return tf.tidy(() => {
      const positions = places ? tf.range(0, ids.shape[1], 1, "int32") : undefined;
      let x = embed(ids, this.#table); // (B, T, C)
      if (even) x = tf.add(tf.zerosLike(x), tf.mean(x, 1, true));
      for (const layer of this.#layers) {
        const looked = selfAttention(x, layer, { heads, causal, positions });
        x = this.#layers.length > 1 ? tf.add(x, looked.output) : looked.output;
        weights.push(looked.weights);
      }
      return { logits: linear(x, { weight: this.#answer }), weights };
    });
  }

  /** How strongly each word of the text looks at each, as numbers: [layer][head][from][to]. */
  weightsOf(words: readonly string[]): readonly number[][][][] {
    return tf.tidy(() => {
      const { weights } = this.look(this.#tensor([this.#idsOf(words)]));
      return weights.map((each) => each.arraySync()[0] as number[][][]);
    });
  }

  /** The logits of all answers at each word of each text, which may differ in length: [text][word][answer]. */
  logitsOf(texts: readonly (readonly string[])[]): readonly (readonly (readonly number[])[])[] {
    const logits = tf.tidy(() => this.look(this.#texts(texts)).logits.arraySync());
    return logits.map((rows, b) => rows.slice(0, texts[b]!.length));
  }

  /** The best answer at each word of each text. */
  answersOf(texts: readonly (readonly string[])[]): readonly (readonly string[])[] {
    const best = tf.tidy(
      () => tf.argMax(this.look(this.#texts(texts)).logits, -1).arraySync() as number[][],
    );
    return best.map((row, b) =>
      row.slice(0, texts[b]!.length).map((id) => this.config.words[id] as string),
    );
  }

  /**
   * Trains on `batch` examples a step, in their order, until all are used, and tells the loss (nats an answer).
   *
   * Each example should come once. Throws the signal's reason when it is aborted, `DataError` for an unknown word.
   */
  async *train(
    examples: readonly Example[],
    { rate = 3e-3, batch: B = 32, signal }: LookerTraining = {},
  ): AsyncGenerator<{ readonly step: number; readonly loss: number }, void> {
    const T = Math.max(...examples.map(({ words }) => words.length));
    const variables = Object.values(this.variables);
    const optimizer = new AdamW(variables, { rate });
    const update = compile((ids: tf.Tensor2D, answers: tf.Tensor2D, asked: tf.Tensor2D) => {
      const { value, grads } = tf.variableGrads(
        () => this.#loss({ ids, answers, asked }),
        variables,
      );
      optimizer.apply(grads);
      return value;
    });
    try {
      for (let step = 0; (step + 1) * B <= examples.length; step++) {
        signal?.throwIfAborted();
        const { ids, answers, asked } = this.#batch(examples.slice(step * B, (step + 1) * B), T);
        if (step === 0) await update.ready(ids, answers, asked);
        const loss = update(ids, answers, asked);
        yield { step: step + 1, loss: loss.dataSync()[0] as number };
        tf.dispose([ids, answers, asked, loss]);
        await breathe();
      }
    } finally {
      update.dispose();
      optimizer.dispose();
    }
  }

  /** Frees the weights. */
  dispose(): void {
    tf.dispose(Object.values(this.variables));
  }

  /** The mean surprise of the answers that are asked for, in nats. */
  #loss({ ids, answers, asked }: Batch): tf.Scalar {
    const { logits } = this.look(ids);
    const N = ids.size;
    const flat: tf.Tensor2D = tf.reshape(logits, [N, this.config.words.length]);
    const losses = crossEntropyEach(flat, tf.reshape(answers, [N])); // (B·T)
    const wanted: tf.Tensor1D = tf.reshape(asked, [N]);
    return tf.div(tf.sum(tf.mul(losses, wanted)), tf.sum(wanted));
  }

  #batch(examples: readonly Example[], T: number): Batch {
    const rows = examples.map(({ words }) => this.#idsOf(words, T));
    const answers = examples.map(({ answers }) => this.#idsOf(answers, T));
    const asked = examples.map(({ answers }) =>
      Array.from({ length: T }, (_, t) => (answers[t] === undefined ? 0 : 1)),
    );
    return {
      ids: this.#tensor(rows),
      answers: this.#tensor(answers),
      asked: tf.tensor2d(asked),
    };
  }

  #texts(texts: readonly (readonly string[])[]): tf.Tensor2D {
    const T = Math.max(...texts.map(({ length }) => length));
    return this.#tensor(texts.map((words) => this.#idsOf(words, T)));
  }

  #tensor(rows: readonly (readonly number[])[]): tf.Tensor2D {
    return tf.tensor2d(rows as number[][], undefined, "int32");
  }

  /** Ids of the words, filled up with full stops to T. */
  #idsOf(words: readonly (string | undefined)[], T: number = words.length): number[] {
    return Array.from({ length: T }, (_, t) => {
      const word = words[t] ?? ".";
      const id = this.#ids.get(word);
      if (id !== undefined) return id;
      throw new DataError(
        `Looker: expected words of its vocabulary, got "${word}"; sittingWords() of the town lists them`,
      );
    });
  }
}

/** How a looker is trained. */
export interface LookerTraining {
  /** Default: 0.003. */
  readonly rate?: number;
  /** Examples of a step. Default: 32. */
  readonly batch?: number;
  readonly signal?: AbortSignal | undefined;
}

/** The part of all answers asked for that the looker gives rightly. */
export function rightAnswers(looker: Looker, examples: readonly Example[]): number {
  const given = looker.answersOf(examples.map(({ words }) => words));
  const marks = examples.flatMap(({ answers }, b) =>
    answers.flatMap((answer, t) => (answer === undefined ? [] : [answer === given[b]![t]])),
  );
  return marks.filter((right) => right).length / marks.length;
}
