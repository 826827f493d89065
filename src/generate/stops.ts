/**
 * Stop sequences: where a text ends, and what must wait because a stop sequence may just be beginning.
 *
 *     stop "\n\nQ"   text  . \n     the \n waits; were the text over here, it would be part of it
 *                    then  A        no stop after all: \n and A are free
 *
 * What stands before a stop sequence is free, the sequence itself never is. It works on any numbers, ids of tokens as
 * well as units of a string.
 *
 * Source:  Knuth, Morris and Pratt (1977), section 2, on prefixes at the end of what was read, https://doi.org/10.1137/0206024
 * Chapter: notebooks/12-gpt.ipynb
 */
import { ConfigError } from "../core/errors.ts";

/** What one more number settles. */
export interface Settled {
  /** So many of the numbers that wait, the oldest first and this one included, are no part of a stop sequence. */
  readonly free: number;
  /** Is the text over? What then still waits is the stop sequence. */
  readonly stopped: boolean;
}

/** Looks for stop sequences in one text, number by number. */
export class Stops {
  readonly #stops: readonly (readonly number[])[];
  #waiting: number[] = [];

  /** Throws `ConfigError` for an empty sequence, which would stop every text at once. */
  constructor(stops: readonly (readonly number[])[]) {
    if (stops.some(({ length }) => length === 0)) {
      throw new ConfigError(
        "stop: expected sequences of at least one token, got an empty one; leave it out to write up to the limit",
      );
    }
    this.#stops = stops;
  }

  /** Where two sequences end at once, the longer one counts. */
  add(number: number): Settled {
    this.#waiting.push(number);
    const waiting = this.#waiting.length;
    const whole = this.#longest((stop) => [stop.length]);
    const kept = whole > 0 ? whole : this.#longest((stop) => lengthsBelow(stop.length));
    this.#waiting = whole > 0 ? [] : this.#waiting.slice(waiting - kept);
    return { free: waiting - kept, stopped: whole > 0 };
  }

  /** Of the lengths in question, the longest at which the last numbers are the first ones of a stop sequence; or 0. */
  #longest(lengths: (stop: readonly number[]) => readonly number[]): number {
    const found = this.#stops.flatMap((stop) =>
      lengths(stop).filter((n) => endsWith(this.#waiting, stop, n)),
    );
    return Math.max(0, ...found);
  }
}

/** 1 to length − 1 */
function lengthsBelow(length: number): number[] {
  return Array.from({ length: length - 1 }, (_, i) => i + 1);
}

/** Are the last n numbers of `text` the first n of `stop`? */
function endsWith(text: readonly number[], stop: readonly number[], n: number): boolean {
  const start = text.length - n;
  if (start < 0) return false;
  for (let i = 0; i < n; i++) if (text[start + i] !== stop[i]) return false;
  return true;
}
