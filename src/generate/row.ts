/**
 * One text that is being written: its ids, the window that the model sees, and its random numbers.
 *
 *     window full      ids ········································
 *                      window     [························]
 *     and one more     window                 [············]·   the last half, with the new one
 *
 * Axes:    V vocabulary
 * Source:  Philox counts words, so a stream is a place: Salmon et al. (2011), section 2
 * Chapter: notebooks/12-gpt.ipynb
 */
import { Random } from "../core/random.ts";
import type { EndEvent, GenerateEvent, TokenEvent } from "./events.ts";
import { draw, type SamplingOptions } from "./sampling.ts";
import type { Stops } from "./stops.ts";

/** Words of the random numbers that belong to one row. */
const STREAM = 2 ** 32;

/** What a row needs. */
export interface RowOptions {
  /** Its number, from 0. */
  readonly row: number;
  /** The most ids that the model sees. */
  readonly context: number;
  /** The most ids that are written. */
  readonly tokens: number;
  readonly seed: number;
  /** Its own. */
  readonly stops: Stops;
}

/** A text that grows. */
export class Row {
  /** The ids that the model sees, at most the context; changed in place. */
  readonly window: number[];
  readonly #options: RowOptions;
  readonly #random: Random;
  /** Every id of the text. */
  readonly #ids: Set<number>;
  /** Tokens that may be the start of a stop sequence. */
  #waiting: TokenEvent[] = [];
  #written = 0;
  #length: number;
  #isOver = false;

  constructor(prompt: readonly number[], options: RowOptions) {
    this.#options = options;
    this.#random = new Random(options.seed);
    this.#random.position = options.row * STREAM;
    this.window = prompt.slice(-options.context);
    this.#ids = new Set(prompt);
    this.#length = prompt.length;
  }

  /** Has it ended? */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Draws its next id from logits (V); what there is to tell of it. */
  grow(logits: Float32Array, options: SamplingOptions): GenerateEvent[] {
    if (this.#isOver) return [];
    const { row, tokens, stops } = this.#options;
    const { id, probability } = draw(logits, { ...options, previous: this.#ids }, this.#random);
    this.#waiting.push({ type: "token", row, id, position: this.#length++, probability });
    this.#written++;
    this.#ids.add(id);
    const { free, stopped } = stops.add(id);
    const events: GenerateEvent[] = this.#waiting.splice(0, free);
    if (stopped) return [...events, this.#end("stop")];
    if (this.#written === tokens) return [...events, ...this.#waiting, this.#end("length")];
    return [...events, ...this.#see(id)];
  }

  /** Ends it; what waited was no stop sequence. */
  abort(): GenerateEvent[] {
    if (this.#isOver) return [];
    return [...this.#waiting, this.#end("aborted")];
  }

  #see(id: number): GenerateEvent[] {
    const { row, context } = this.#options;
    this.window.push(id);
    if (this.window.length <= context) return [];
    const kept = Math.max(1, Math.floor(context / 2));
    this.window.splice(0, this.window.length - kept);
    return [{ type: "slide", row, kept }];
  }

  #end(reason: EndEvent["reason"]): EndEvent {
    this.#isOver = true;
    return { type: "end", row: this.#options.row, reason };
  }
}
