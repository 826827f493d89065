/**
 * A curve through a few speeches: how well does it say the length of sentences in a year that it has not seen?
 *
 * Each speech of the presidents is one point: its year, and its mean number of words in a sentence. Some points are
 * seen, all others are held out. A polynomial with as many coefficients as seen points goes through all of them.
 *
 *     control: the same years with the lengths of other years. It can be fitted as well, and says nothing.
 *
 * Source:  Geman, Bienenstock and Doursat (1992), https://doi.org/10.1162/neco.1992.4.1.1
 * Chapter: notebooks/03-learning.ipynb
 */
import { speeches } from "../../datasets/sotu/speeches.ts";
import { Random } from "../core/random.ts";
import { fitPolynomial, typicalError, type Points } from "../models/polynomial.ts";
import { sentencesOf } from "../text/words.ts";
import type { Experiment, Values } from "./experiment.ts";

/** The first and the last year of the speeches. */
const years: readonly [number, number] = [1790, 2021];

/** One point for each year with a speech (the first, where there are two): year, and mean words in a sentence. */
export function sentenceLengths(): Points {
  const firsts = speeches().filter(({ year }, i, all) => year !== all[i - 1]?.year);
  return { x: firsts.map(({ year }) => year), y: firsts.map(({ text }) => wordsInASentence(text)) };
}

function wordsInASentence(text: string): number {
  const sentences = sentencesOf(text);
  return sentences.reduce((sum, words) => sum + words.length, 0) / sentences.length;
}

/** `count` points drawn by the seed, and the others. The first of a larger `count` are those of a smaller one. */
export function drawPoints(
  { x, y }: Points,
  { count, seed }: { readonly count: number; readonly seed: number },
): { readonly seen: Points; readonly heldOut: Points } {
  const order = new Random(seed).shuffle(x.map((_, i) => i));
  const take = (places: readonly number[]): Points => ({
    x: places.map((i) => x[i]!),
    y: places.map((i) => y[i]!),
  });
  return { seen: take(order.slice(0, count)), heldOut: take(order.slice(count)) };
}

/** The control: each x with the y of another one, drawn by the seed. */
export function shuffledPoints({ x, y }: Points, { seed }: { readonly seed: number }): Points {
  return { x, y: new Random(seed).shuffle(y) };
}

/** Fits a polynomial to the points seen; the typical errors on both, in the unit of y. */
export function errorsOf(
  { seen, heldOut }: { readonly seen: Points; readonly heldOut: Points },
  { degree }: { readonly degree: number },
): { readonly seen: number; readonly heldOut: number } {
  const curve = fitPolynomial(seen, { degree, domain: years });
  return { seen: typicalError(curve, seen), heldOut: typicalError(curve, heldOut) };
}

/** Speeches seen: few, and ten times as many. */
const FEW = 16;
const MANY = 160;

function run({ seed }: { readonly seed: number }): Promise<Values> {
  const points = sentenceLengths();
  const few = drawPoints(points, { count: FEW, seed });
  const many = drawPoints(points, { count: MANY, seed });
  const shuffled = drawPoints(shuffledPoints(points, { seed }), { count: FEW, seed });
  const [mean, line, perfect] = [0, 1, FEW - 1].map((degree) => errorsOf(few, { degree }));
  const control = errorsOf(shuffled, { degree: FEW - 1 });
  return Promise.resolve({
    meanHeldOut: mean!.heldOut,
    lineSeen: line!.seen,
    lineHeldOut: line!.heldOut,
    perfectSeen: rounded(perfect!.seen),
    perfectHeldOut: Math.log10(perfect!.heldOut),
    moreDataSeen: errorsOf(many, { degree: FEW - 1 }).seen,
    moreDataHeldOut: errorsOf(many, { degree: FEW - 1 }).heldOut,
    moreDataLine: errorsOf(many, { degree: 1 }).heldOut,
    shuffledSeen: rounded(control.seen),
    shuffledHeldOut: Math.log10(control.heldOut),
  });
}

/** To a millionth of a word: what is left of a perfect fit is rounding. */
function rounded(error: number): number {
  return Math.round(error * 1e6) / 1e6;
}

const words = "words in a sentence";

/** The seed draws the speeches that are seen. */
export const experiment: Experiment = {
  name: "over-fitting",
  chapter: "03",
  seconds: 0.5,
  values: {
    meanHeldOut: { says: "held-out error of the mean of 16 speeches", unit: words },
    lineSeen: { says: "error of the closest line on its 16 speeches", unit: words },
    lineHeldOut: { says: "held-out error of that line", unit: words },
    perfectSeen: { says: "error of degree 15 on its 16 speeches", unit: words },
    perfectHeldOut: { says: "held-out error of degree 15", unit: `log10 of ${words}` },
    moreDataSeen: { says: "error of degree 15 on 160 speeches seen", unit: words },
    moreDataHeldOut: { says: "held-out error of degree 15 after 160 speeches", unit: words },
    moreDataLine: { says: "held-out error of a line after 160 speeches", unit: words },
    shuffledSeen: { says: "error of degree 15 on 16 shuffled lengths", unit: words },
    shuffledHeldOut: {
      says: "held-out error of degree 15 after 16 shuffled lengths",
      unit: `log10 of ${words}`,
    },
  },
  run,
};
