/**
 * What can be asked about animals on things: examples for a `Looker`.
 *
 * Source:  this project
 * Chapter: notebooks/08-attention.ipynb
 */
import { seats, type SittingText } from "../../datasets/town/sittings.ts";
import { pets } from "../../datasets/town/words.ts";
import { Random } from "../core/random.ts";
import type { Example } from "./looking.ts";

/** At each animal: where is it? At each thing: who is there? Nothing else is asked. */
export function askWhere({ text, sittings }: SittingText): Example {
  const words = text.split(" ");
  const answers = words.map((word) => {
    const one = sittings.find(({ animal, seat }) => animal === word || seat === word);
    return one && (one.animal === word ? one.seat : one.animal);
  });
  return { words, answers };
}

/** At the animals alone: where is it? */
export function askAnimals(said: SittingText): Example {
  const { words, answers } = askWhere(said);
  return { words, answers: words.map((word, t) => (pets.includes(word) ? answers[t] : undefined)) };
}

/** At each word but the last: which word comes next? What a language model is asked. */
export function askNext({ text }: SittingText): Example {
  const words = text.split(" ");
  return { words, answers: words.slice(1) };
}

/** The questions of `askWhere` with answers drawn from a hat: there is nothing to learn from any word. */
export function askNonsense(said: readonly SittingText[], { seed }: { seed: number }): Example[] {
  const random = new Random(seed);
  const draw = (list: readonly string[]): string => list[random.integer(list.length)] as string;
  return said.map((one) => {
    const { words, answers } = askWhere(one);
    const drawn = answers.map((answer) => answer && draw(seats.includes(answer) ? seats : pets));
    return { words, answers: drawn };
  });
}
