/**
 * How far a command is and how long it still takes, on stderr, once it takes longer than two seconds.
 *
 * On a terminal one line is rewritten; into a file goes a line every ten seconds.
 *
 * Source:  https://clig.dev/#responsiveness-is-more-important-than-speed
 * Chapter: notebooks/00-start.ipynb
 */

import type { Stream } from "./terminal.ts";

/** Milliseconds before a reader wonders whether anything happens. */
const PATIENCE = 2000;

/** Milliseconds between two states: on a terminal, and in a file. */
const LIVE = 200;
const NEWS = 10_000;

export interface ProgressLineOptions {
  /** The time in milliseconds; a test has its own. */
  readonly now?: () => number;
}

/** Progress of one job; call `at` as it goes on, and `end` in any case. */
export class ProgressLine {
  readonly #name: string;
  readonly #stream: Stream;
  readonly #now: () => number;
  readonly #start: number;
  #next: number;
  #drawn = false;

  constructor(
    name: string,
    stream: Stream,
    { now = () => performance.now() }: ProgressLineOptions = {},
  ) {
    this.#name = name;
    this.#stream = stream;
    this.#now = now;
    this.#start = now();
    this.#next = this.#start + PATIENCE;
  }

  /** The part that is done, 0 to 1, and what is being done. */
  at(done: number, what = ""): void {
    const now = this.#now();
    if (now < this.#next) return;
    const live = this.#stream.isTTY === true;
    this.#next = now + (live ? LIVE : NEWS);
    const elapsed = (now - this.#start) / 1000;
    const parts = [
      ...(what === "" ? [] : [what]),
      `${Math.floor(done * 100)} %`,
      ...(done > 0 ? [`${duration((elapsed * (1 - done)) / done)} left`] : []),
    ];
    const line = `${this.#name}: ${parts.join(", ")}`;
    this.#stream.write(live ? `\r\x1b[K${line}` : `${line}\n`);
    this.#drawn = live;
  }

  /** Takes the line off the terminal. */
  end(): void {
    if (this.#drawn) this.#stream.write("\r\x1b[K");
    this.#drawn = false;
  }
}

/** "8 s", "3 min 20 s". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
