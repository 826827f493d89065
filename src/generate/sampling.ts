/**
 * From logits to one token: which of the likely tokens may come, and the draw among them.
 *
 *     logits ─ repetition penalty ─→ ─ ÷ temperature ─→ softmax ─ top-k ─→ ─ top-p ─→ shares of what is left ─ draw ─→ id
 *
 * The filters work in this order: the penalty changes logits, the temperature their differences; top-k keeps the k most
 * probable tokens; top-p keeps, of these, the fewest whose probabilities add up to p of theirs. Of tokens that are
 * equally probable the one with the lower id counts as more probable.
 *
 * Axes:    V vocabulary
 * Source:  Keskar et al. (2019), "CTRL", section 4.1, https://arxiv.org/abs/1909.05858 (penalty, temperature);
 *          Fan et al. (2018), section 5.4, https://arxiv.org/abs/1805.04833 (top-k);
 *          Holtzman et al. (2020), section 3.1, https://arxiv.org/abs/1904.09751 (top-p)
 * Chapter: notebooks/12-gpt.ipynb
 */
import { ConfigError, DataError } from "../core/errors.ts";
import type { Random } from "../core/random.ts";
import { keepLargest, keepNucleus } from "./filters.ts";

/** How a token is chosen. */
export interface SamplingOptions {
  /** Below 1 the likely tokens gain, above 1 the unlikely ones; 0 takes the likeliest. Default: 1. */
  readonly temperature?: number;
  /** k: only the k most probable tokens may come. Default: all. */
  readonly topK?: number;
  /** p, above 0 and at most 1: only the fewest tokens may come whose probabilities add up to p. Default: 1, all. */
  readonly topP?: number;
  /**
   * θ, above 0: a positive logit of a token of `previous` is divided by θ, a negative one multiplied, so that above 1 it
   * loses. The paper divides both, and takes 1.2. Default: 1, nothing.
   */
  readonly repetitionPenalty?: number;
}

/** What the penalty looks back on. */
export interface Previous {
  /** The ids that the text has so far; each counts once. Default: none. */
  readonly previous?: Iterable<number>;
}

/** An id and the probability that it was drawn with, after all filters. */
export interface Drawn {
  readonly id: number;
  readonly probability: number;
}

/**
 * (V) The probability of each token after all filters; they add up to 1, and at temperature 0 one of them is 1.
 *
 * A logit of −∞ is a token that never comes. Throws `ConfigError` for an option out of range, and `DataError` for logits
 * that are NaN or ∞, all −∞, or none, and for a previous id without a logit.
 */
export function distribution(
  logits: Float32Array,
  options: SamplingOptions & Previous = {},
): Float32Array {
  const weights = weightsOf(logits, options);
  const total = sumOf(weights);
  return Float32Array.from(weights, (weight) => weight / total);
}

/**
 * One id, drawn with the probabilities of `distribution`; from the same random numbers the same id.
 *
 * Draws one uniform number, at temperature 0 none. Throws as `distribution`.
 */
export function sample(
  logits: Float32Array,
  options: SamplingOptions & Previous,
  random: Random,
): number {
  return draw(logits, options, random).id;
}

/** The same with the probability that the id had. */
export function draw(
  logits: Float32Array,
  options: SamplingOptions & Previous,
  random: Random,
): Drawn {
  const weights = weightsOf(logits, options);
  if (options.temperature === 0) return { id: weights.indexOf(1), probability: 1 };
  const total = sumOf(weights);
  const drawn = random.uniform() * total;
  let id = -1;
  let below = 0;
  for (let v = 0; v < weights.length && below <= drawn; v++) {
    if (weights[v] === 0) continue;
    below += weights[v]!;
    id = v;
  }
  return { id, probability: weights[id]! / total };
}

/** Throws `ConfigError` for an option out of range. */
export function expectSampling({
  temperature = 1,
  topK = 1,
  topP = 1,
  repetitionPenalty = 1,
}: SamplingOptions): void {
  const refuse = (name: string, expected: string, got: number): never => {
    throw new ConfigError(`sample ${name}: expected ${expected}, got ${got}`);
  };
  if (!(temperature >= 0 && temperature < Infinity)) {
    refuse("temperature", "a number from 0 (the likeliest token), such as 0.8", temperature);
  }
  if (!Number.isInteger(topK) || topK < 1) {
    refuse("topK", "a whole number from 1; leave it out to keep all tokens", topK);
  }
  if (!(topP > 0 && topP <= 1)) {
    refuse("topP", "a number above 0 and at most 1 (which keeps all tokens)", topP);
  }
  if (!(repetitionPenalty > 0 && repetitionPenalty < Infinity)) {
    refuse("repetitionPenalty", "a number above 0, such as 1.2; 1 is none", repetitionPenalty);
  }
}

/** (V) Numbers in proportion to the probabilities, 0 for what the filters took; the largest is 1. */
function weightsOf(
  logits: Float32Array,
  { previous = [], ...options }: SamplingOptions & Previous,
): Float64Array {
  expectSampling(options);
  const { temperature = 1, topK = Infinity, topP = 1, repetitionPenalty = 1 } = options;
  const penalized = penalize(new Float64Array(logits), { previous, repetitionPenalty });
  const most = largestOf(penalized);
  if (temperature === 0) {
    const likeliest = penalized.indexOf(most);
    return penalized.fill(0).fill(1, likeliest, likeliest + 1);
  }
  // Differences first: e^(large / temperature) would be no number.
  const weights = penalized;
  for (let v = 0; v < weights.length; v++) {
    weights[v] = Math.exp((weights[v]! - most) / temperature);
  }
  if (topK < weights.length) keepLargest(weights, topK);
  if (topP < 1) keepNucleus(weights, topP);
  return weights;
}

/** Changes and returns `logits`. */
function penalize(
  logits: Float64Array,
  { previous, repetitionPenalty }: Required<Previous> & { readonly repetitionPenalty: number },
): Float64Array {
  if (repetitionPenalty === 1) return logits;
  for (const id of new Set(previous)) {
    const logit = logits[id];
    if (logit === undefined) {
      throw new DataError(
        `sample: expected previous ids from 0 to ${logits.length - 1}, got ${id}; were they made with the model's tokenizer?`,
      );
    }
    logits[id] = logit > 0 ? logit / repetitionPenalty : logit * repetitionPenalty;
  }
  return logits;
}

/** The largest logit. Throws `DataError` unless it is a number, and all are. */
function largestOf(logits: Float64Array): number {
  let most = -Infinity;
  for (let v = 0; v < logits.length; v++) {
    const logit = logits[v]!;
    if (Number.isNaN(logit) || logit === Infinity) {
      throw new DataError(
        `sample: expected logits that are numbers, got ${logit} for token ${v}; has the training of the model failed?`,
      );
    }
    if (logit > most) most = logit;
  }
  if (most === -Infinity) {
    const got = logits.length === 0 ? "none" : "-Infinity for all tokens";
    throw new DataError(
      `sample: expected a logit of at least one token, got ${got}; some token must be possible`,
    );
  }
  return most;
}

function sumOf(numbers: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]!;
  return sum;
}
