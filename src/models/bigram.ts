/**
 * The smallest language model: which token comes next, by counting which came next before.
 *
 *   p(next | previous) = (count(previous, next) + prior · p(next)) / (count(previous) + prior)
 *   p(next)            = (count(next) + 1) / (N + V)
 *
 * The second line keeps the first above zero: a pair never seen gets a share by how common its second token
 * is, as if it had been seen `prior` times in all after each token.
 *
 * Axes:    V vocabulary, N tokens counted
 * Source:  Markov (1913) on pairs of letters; Shannon (1948), section 3; the prior: MacKay and Peto (1995),
 *          "A Hierarchical Dirichlet Language Model"
 * Chapter: notebooks/01-tokens.ipynb
 */
import { ConfigError, DataError } from "../core/errors.ts";
import { Random } from "../core/random.ts";

export interface BigramOptions {
  /** V: ids are whole numbers from 0 to V − 1. */
  readonly vocabulary: number;
  /** How many sightings the common share of each token is worth, above 0. Default: 10. */
  readonly prior?: number;
}

export interface WriteOptions {
  /** How many tokens to write. */
  readonly count: number;
  readonly seed: number;
  /** Below 1 the likely tokens gain, above 1 the unlikely ones. Default: 1. */
  readonly temperature?: number;
}

/** Counts of tokens and of pairs, and what follows from them. */
export class Bigram {
  readonly vocabulary: number;
  readonly prior: number;
  /** (V) How often each token was seen. */
  readonly counts: Uint32Array;
  /** How often each token stood before another one, by both ids. */
  readonly pairs: ReadonlyMap<number, ReadonlyMap<number, number>>;
  readonly #tokens: number;
  readonly #followerCounts = new Map<number, number>();

  /** Counts `ids`; throws `ConfigError` for a prior that is not positive, `DataError` for an id outside the vocabulary. */
  constructor(ids: ArrayLike<number>, { vocabulary, prior = 10 }: BigramOptions) {
    if (!(prior > 0)) {
      throw new ConfigError(
        `Bigram: expected a prior above 0, got ${prior}; without one, a pair never seen has no finite loss`,
      );
    }
    this.vocabulary = vocabulary;
    this.prior = prior;
    this.counts = new Uint32Array(vocabulary);
    const pairs = new Map<number, Map<number, number>>();
    for (let i = 0; i < ids.length; i++) {
      const next = this.#checked(ids[i]);
      this.counts[next]! += 1;
      const previous = ids[i - 1];
      if (previous === undefined) continue;
      let row = pairs.get(previous);
      if (row === undefined) pairs.set(previous, (row = new Map<number, number>()));
      row.set(next, (row.get(next) ?? 0) + 1);
    }
    this.pairs = pairs;
    this.#tokens = ids.length;
  }

  /** p(next): the share of a token, whatever came before it. */
  share(next: number): number {
    return (this.counts[this.#checked(next)]! + 1) / (this.#tokens + this.vocabulary);
  }

  /** p(next | previous), as the formula above has it. */
  probability(previous: number, next: number): number {
    const row = this.pairs.get(this.#checked(previous));
    const seen = row?.get(next) ?? 0;
    return (seen + this.prior * this.share(next)) / (this.#followers(previous) + this.prior);
  }

  /** (V) The probability of each token after `previous`; they add up to 1. */
  probabilities(previous: number): Float64Array {
    return Float64Array.from({ length: this.vocabulary }, (_, next) =>
      this.probability(previous, next),
    );
  }

  /** (N − 1) −ln p of each token after the first, in nats: how surprised the model is. */
  losses(ids: ArrayLike<number>): Float64Array {
    return Float64Array.from(
      { length: Math.max(ids.length - 1, 0) },
      (_, i) => -Math.log(this.probability(ids[i]!, ids[i + 1]!)),
    );
  }

  /** The mean of `losses`, in nats per token; throws `DataError` for fewer than two ids. */
  loss(ids: ArrayLike<number>): number {
    if (ids.length < 2) {
      throw new DataError(
        `Bigram.loss: expected at least 2 ids, got ${ids.length}; a pair is the least to judge`,
      );
    }
    return this.losses(ids).reduce((sum, loss) => sum + loss, 0) / (ids.length - 1);
  }

  /** The ids that the model writes after `start`, one at a time, each drawn by its probability after the one before. */
  *write(start: number, { count, seed, temperature = 1 }: WriteOptions): Generator<number, void> {
    if (!(temperature > 0)) {
      throw new ConfigError(
        `Bigram.write: expected a temperature above 0, got ${temperature}; 0.01 nearly always takes the likeliest`,
      );
    }
    const random = new Random(seed);
    let previous = start;
    for (let written = 0; written < count; written++) {
      previous = draw(sharpened(this.probabilities(previous), temperature), random);
      yield previous;
    }
  }

  /** How many tokens stood after `previous`: the last token of all has none behind it. */
  #followers(previous: number): number {
    let followers = this.#followerCounts.get(previous);
    if (followers === undefined) {
      followers = 0;
      for (const count of this.pairs.get(previous)?.values() ?? []) followers += count;
      this.#followerCounts.set(previous, followers);
    }
    return followers;
  }

  #checked(id: number | undefined): number {
    if (id === undefined || !Number.isInteger(id) || id < 0 || id >= this.vocabulary) {
      throw new DataError(
        `Bigram: expected ids from 0 to ${this.vocabulary - 1}, got ${id}; encode with the tokenizer whose vocabulary was given`,
      );
    }
    return id;
  }
}

/** (V) p^(1 / temperature), scaled so that the largest is 1 and never too small for a number. */
function sharpened(probabilities: Float64Array, temperature: number): Float64Array {
  const most = probabilities.reduce((a, b) => Math.max(a, b));
  return probabilities.map((p) => (p / most) ** (1 / temperature));
}

/** An index drawn with chances in proportion to `odds`. */
function draw(odds: Float64Array, random: Random): number {
  const drawn = random.uniform() * odds.reduce((sum, chance) => sum + chance, 0);
  let below = 0;
  let last = 0;
  for (let i = 0; i < odds.length && below <= drawn; i++) {
    if (odds[i]! > 0) last = i;
    below += odds[i]!;
  }
  return last;
}
