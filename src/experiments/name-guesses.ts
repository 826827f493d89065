/**
 * Is this the first name of a woman or of a man? Learned from names with their answers, by gradient descent.
 *
 *     score of a name = sum of the weights of its pieces; 1 / (1 + e^−score) is the chance that a woman is called so
 *
 * The pieces are its runs of up to three letters, beginning and end marked: ^a, an, nna, a$ … The model is small with
 * the last letter alone, and large with all pieces.
 *
 *     control: the same names with answers drawn by lot. They can be learned by heart, and say nothing of other names.
 *
 * Source:  Zhang et al. (2017), "Understanding deep learning requires rethinking generalization", section 2, for the
 *          shuffled answers, https://arxiv.org/abs/1611.03530
 * Chapter: notebooks/03-learning.ipynb
 */
import { femaleNames, maleNames } from "../../datasets/first-names/names.ts";
import { breathe } from "../core/interrupt.ts";
import { Random } from "../core/random.ts";
import type { Experiment, ExperimentOptions, Values } from "./experiment.ts";

/** A name with its answer. */
export interface LabelledName {
  /** In small letters. */
  readonly name: string;
  /** 1 for a woman's, 0 for a man's. */
  readonly label: 0 | 1;
}

/** Names that are not seen while learning. */
const HELD_OUT = 1000;

/**
 * Names of a to z that only women or only men have, as many of each, in the order that the seed draws; 1,000 of them are
 * held out.
 */
export function labelledNames({ seed }: { readonly seed: number }): {
  readonly seen: readonly LabelledName[];
  readonly heldOut: readonly LabelledName[];
} {
  const [women, men] = [femaleNames(), maleNames()].map(
    (list) =>
      new Set(list.map((name) => name.toLowerCase()).filter((name) => /^[a-z]+$/.test(name))),
  );
  const [hers, his] = [
    [...women!].filter((name) => !men!.has(name)),
    [...men!].filter((name) => !women!.has(name)),
  ];
  const random = new Random(seed);
  const count = Math.min(hers.length, his.length);
  const take = (names: readonly string[], label: 0 | 1): LabelledName[] =>
    random
      .shuffle(names)
      .slice(0, count)
      .map((name) => ({ name, label }));
  const all = random.shuffle([...take(hers, 1), ...take(his, 0)]);
  return { seen: all.slice(HELD_OUT), heldOut: all.slice(0, HELD_OUT) };
}

/** The control: each name with the answer of another one. */
export function shuffledLabels(
  names: readonly LabelledName[],
  { seed }: { readonly seed: number },
): LabelledName[] {
  const labels = new Random(seed).shuffle(names.map(({ label }) => label));
  return names.map(({ name }, i) => ({ name, label: labels[i]! }));
}

/** The pieces of a name, each once: its runs of one to three letters, with ^ before it and $ behind. */
export function piecesOf(name: string): string[] {
  const whole = `^${name}$`;
  const pieces = [1, 2, 3].flatMap((length) =>
    Array.from({ length: whole.length - length + 1 }, (_, i) => whole.slice(i, i + length)),
  );
  return [...new Set(pieces)].filter((piece) => piece !== "^" && piece !== "$");
}

/** The last letter alone: the small model. */
export function lastLetter(name: string): string[] {
  return [`${name.slice(-1)}$`];
}

/** A weight for each piece, 0 at first, and the guesses that follow. */
export class NameGuesser {
  /** By piece. */
  readonly weights: Map<string, number> = new Map<string, number>();
  readonly #pieces: (name: string) => readonly string[];

  /** `pieces` says what the model sees of a name. Default: runs of one to three letters. */
  constructor(pieces: (name: string) => readonly string[] = piecesOf) {
    this.#pieces = pieces;
  }

  /** The chance, 0 to 1, that a woman is called so. */
  chance(name: string): number {
    return this.#chanceOf(this.#pieces(name));
  }

  /**
   * Reads the names once. Each name's loss is −ln of the chance that was given to its answer; the slope of it along the
   * weight of each piece is chance − label, and each weight goes `rate` times that downhill.
   */
  read(names: readonly LabelledName[], { rate = 0.1 }: { readonly rate?: number } = {}): void {
    for (const { name, label } of names) {
      const pieces = this.#pieces(name);
      const slope = this.#chanceOf(pieces) - label;
      for (const piece of pieces) this.weights.set(piece, this.#weight(piece) - rate * slope);
    }
  }

  /** The share of names whose answer it gives the greater chance. */
  accuracy(names: readonly LabelledName[]): number {
    const right = names.filter(({ name, label }) => this.chance(name) > 0.5 === (label === 1));
    return right.length / names.length;
  }

  #chanceOf(pieces: readonly string[]): number {
    const score = pieces.reduce((sum, piece) => sum + this.#weight(piece), 0);
    return 1 / (1 + Math.exp(-score));
  }

  #weight(piece: string): number {
    return this.weights.get(piece) ?? 0;
  }
}

/** How often the names are read. */
const READINGS = 20;

/** Readings until answers drawn by lot are known by heart. */
const BY_HEART = 200;

async function learned(
  names: readonly LabelledName[],
  {
    pieces = piecesOf,
    readings = READINGS,
    signal,
  }: {
    readonly pieces?: (name: string) => readonly string[];
    readonly readings?: number;
    readonly signal: AbortSignal | undefined;
  },
): Promise<NameGuesser> {
  const guesser = new NameGuesser(pieces);
  for (let reading = 0; reading < readings; reading++) {
    signal?.throwIfAborted();
    guesser.read(names);
    await breathe();
  }
  return guesser;
}

async function run({ seed, signal, onProgress }: ExperimentOptions): Promise<Values> {
  const { seen, heldOut } = labelledNames({ seed });
  const few = seen.slice(0, 500);
  const large = await learned(seen, { signal });
  onProgress?.(0.5);
  const small = await learned(seen, { pieces: lastLetter, signal });
  const largeFew = await learned(few, { signal });
  const smallFew = await learned(few, { pieces: lastLetter, signal });
  const lot = shuffledLabels(few, { seed });
  const byHeart = await learned(lot, { readings: BY_HEART, signal });
  onProgress?.(1);
  return {
    seen: large.accuracy(seen),
    heldOut: large.accuracy(heldOut),
    smallSeen: small.accuracy(seen),
    smallHeldOut: small.accuracy(heldOut),
    fewSeen: largeFew.accuracy(few),
    fewHeldOut: largeFew.accuracy(heldOut),
    smallFewHeldOut: smallFew.accuracy(heldOut),
    lotSeen: byHeart.accuracy(lot),
    lotHeldOut: byHeart.accuracy(heldOut),
  };
}

const share = { unit: "of 1", rate: true } as const;

/** The seed draws the names, and which of them are held out; a coin is right for one half. */
export const experiment: Experiment = {
  name: "name-guesses",
  chapter: "03",
  seconds: 2,
  values: {
    seen: { says: "names seen that all pieces guess right", ...share },
    heldOut: { says: "names held out that all pieces guess right", ...share },
    smallSeen: { says: "names seen that the last letter guesses right", ...share },
    smallHeldOut: { says: "names held out that the last letter guesses right", ...share },
    fewSeen: { says: "of 500 names seen, those that all pieces guess right", ...share },
    fewHeldOut: { says: "names held out, guessed from all pieces after 500 names", ...share },
    smallFewHeldOut: { says: "names held out, guessed from the last letter after 500", ...share },
    lotSeen: { says: "of 500 answers drawn by lot, those known by heart", ...share },
    lotHeldOut: { says: "names held out, guessed after 500 answers by lot", ...share },
  },
  run,
};
