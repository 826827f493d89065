/**
 * Words as directions: which are alike, which stand near, and what is to c as b is to a.
 *
 * Likeness is the cosine of the angle between two vectors: 1 for the same direction, 0 for a right angle.
 *
 * Axes:    V words, C channels
 * Source:  Mikolov, Yih and Zweig (2013), "Linguistic Regularities in Continuous Space Word
 *          Representations", section 3, https://aclanthology.org/N13-1090
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { DataError, ShapeError } from "../core/errors.ts";
import { nearSpellings } from "../core/spelling.ts";

/** A word and how near it stands. */
export interface Neighbour {
  readonly word: string;
  /** The cosine, from −1 to 1. */
  readonly similarity: number;
}

export interface NearestOptions {
  /** How many neighbours. Default: 10. */
  readonly count?: number;
  /** Words that are not wanted in the answer. Default: none (a word asked about is never in it). */
  readonly exclude?: readonly string[];
}

/** The cosine of the angle between two vectors of C numbers; 0 when one of them is zero. Throws `ShapeError` for unequal lengths. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) {
    throw new ShapeError(
      `cosine: expected two vectors of one length, got ${a.length} and ${b.length}`,
    );
  }
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! * a[i]!;
    bb += b[i]! * b[i]!;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

/** V words and a vector of C numbers for each. */
export class WordVectors {
  /** (V) */
  readonly words: readonly string[];
  /** (V, C), row after row. */
  readonly vectors: Float32Array;
  /** C */
  readonly channels: number;
  readonly #idOf: ReadonlyMap<string, number>;
  /** (V, C) The same rows with length 1. */
  readonly #units: Float32Array;

  /** Throws `ShapeError` unless `vectors` holds the same number of values for each word, `DataError` for a word given twice. */
  constructor(words: readonly string[], vectors: Float32Array) {
    const V = words.length;
    const C = vectors.length / V;
    if (V === 0 || C === 0 || !Number.isInteger(C)) {
      throw new ShapeError(
        `WordVectors: expected (V, C) values for ${V} words, got ${vectors.length} values; give C for each word`,
      );
    }
    this.words = words;
    this.vectors = vectors;
    this.channels = C;
    this.#idOf = new Map(words.map((word, id) => [word, id]));
    if (this.#idOf.size < V) {
      const twice = words.find((word, id) => this.#idOf.get(word) !== id) ?? "";
      throw new DataError(
        `WordVectors: expected each word once, got "${twice}" more often; keep one vector for it`,
      );
    }
    this.#units = new Float32Array(V * C);
    for (let id = 0; id < V; id++) this.#units.set(unit(this.#row(id)), id * C);
  }

  /** Is there a vector for this word? */
  has(word: string): boolean {
    return this.#idOf.has(word);
  }

  /** (C) The vector of a word; throws `DataError` for a word that is not there, with near spellings. */
  vector(word: string): Float32Array {
    return this.#row(this.#id("vector", word)).slice();
  }

  /** The cosine of two words' vectors, from −1 to 1; throws `DataError` for a word that is not there. */
  similarity(a: string, b: string): number {
    return cosine(this.#row(this.#id("similarity", a)), this.#row(this.#id("similarity", b)));
  }

  /**
   * The words nearest to a word, or to a vector of C numbers, by cosine, the nearest first.
   *
   * Throws `DataError` for a word that is not there, `ShapeError` for a vector of another length.
   */
  nearest(of: string | ArrayLike<number>, options: NearestOptions = {}): Neighbour[] {
    if (typeof of === "string") {
      const direction = this.#row(this.#id("nearest", of));
      return this.#nearest(direction, options, [of]);
    }
    if (of.length !== this.channels) {
      throw new ShapeError(
        `WordVectors.nearest: expected a vector of ${this.channels} numbers, got ${of.length}`,
      );
    }
    return this.#nearest(of, options, []);
  }

  /**
   * What is to `c` as `b` is to `a`: the words nearest to b − a + c, without the three (3CosAdd).
   *
   * `analogy("man", "king", "woman")` asks for a queen. Vectors have length 1 before they are added.
   * Throws `DataError` for a word that is not there.
   */
  analogy(a: string, b: string, c: string, options: NearestOptions = {}): Neighbour[] {
    const [from, to, start] = [a, b, c].map((word) => this.#unit(this.#id("analogy", word)));
    const wanted = to!.map((value, i) => value - from![i]! + start![i]!);
    return this.#nearest(wanted, options, [a, b, c]);
  }

  #nearest(
    direction: ArrayLike<number>,
    { count = 10, exclude = [] }: NearestOptions,
    asked: readonly string[],
  ): Neighbour[] {
    const [V, C] = [this.words.length, this.channels];
    const wanted = unit(direction);
    const units = this.#units;
    const cosines = new Float64Array(V);
    for (let id = 0; id < V; id++) {
      let sum = 0;
      for (let i = 0; i < C; i++) sum += wanted[i]! * units[id * C + i]!;
      cosines[id] = sum;
    }
    const left = new Set([...asked, ...exclude]);
    return Array.from(cosines, (similarity, id) => ({ word: this.words[id]!, similarity }))
      .filter(({ word }) => !left.has(word))
      .sort((x, y) => y.similarity - x.similarity)
      .slice(0, count);
  }

  #id(who: string, word: string): number {
    const id = this.#idOf.get(word);
    if (id !== undefined) return id;
    const near = nearSpellings(word, this.words);
    const advice =
      near.length > 0
        ? `did you mean ${near.map((other) => `"${other}"`).join(" or ")}?`
        : "ask has(word) first; words are lower-case, and rare ones were left out";
    throw new DataError(
      `WordVectors.${who}: expected one of ${this.words.length} words, got "${word}"; ${advice}`,
    );
  }

  #row(id: number): Float32Array {
    return this.vectors.subarray(id * this.channels, (id + 1) * this.channels);
  }

  #unit(id: number): Float32Array {
    return this.#units.subarray(id * this.channels, (id + 1) * this.channels);
  }
}

/** The same direction with length 1; zero stays zero. */
function unit(vector: ArrayLike<number>): Float32Array {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += vector[i]! ** 2;
  const length = squares === 0 ? 1 : Math.sqrt(squares);
  return Float32Array.from(vector, (value) => value / length);
}
