/**
 * The text of a row as it comes: characters when they are whole, and nothing that may be the start of a stop text.
 *
 * Stop texts are looked for in the text and not among the ids: "." may be a token of its own or the end of another.
 *
 * Source:  https://encoding.spec.whatwg.org/#utf-8-decoder
 * Chapter: notebooks/12-gpt.ipynb
 */
import { Stops } from "../../generate/stops.ts";
import { StreamingDecoder } from "../../text/streaming-decoder.ts";
import type { Tokenizer } from "../../text/tokenizer.ts";

/** One text that is being written. */
export class RowText {
  readonly #decoder: StreamingDecoder;
  readonly #stops: Stops;
  #waiting = "";
  #text = "";
  #isOver = false;

  constructor(tokenizer: Tokenizer, { stops }: { readonly stops: readonly string[] }) {
    this.#decoder = new StreamingDecoder(tokenizer);
    this.#stops = new Stops(stops.map(unitsOf));
  }

  /** All of it so far, without what waits. */
  get text(): string {
    return this.#text;
  }

  /** Has a stop text come? */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** What can be shown now that this token has come. */
  add(id: number): string {
    return this.#take(this.#decoder.add(id));
  }

  /** What can be shown now that no token comes any more. */
  end(): string {
    const free = this.#take(this.#decoder.end());
    if (this.#isOver) return free;
    const rest = this.#waiting;
    this.#waiting = "";
    this.#text += rest;
    return free + rest;
  }

  #take(piece: string): string {
    let free = "";
    for (let i = 0; i < piece.length && !this.#isOver; i++) {
      const settled = this.#stops.add(piece.charCodeAt(i));
      this.#waiting += piece.charAt(i);
      free += this.#waiting.slice(0, settled.free);
      this.#waiting = this.#waiting.slice(settled.free);
      this.#isOver = settled.stopped;
    }
    this.#text += free;
    return free;
  }
}

function unitsOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}
