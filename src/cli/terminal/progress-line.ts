/**
 * How far a command is and how long it still takes, on stderr, once it takes longer than two seconds.
 *
 * On a terminal one line is rewritten, and cut where the terminal ends; into a file goes a line every ten seconds.
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
  /** The part that was done before this process began; the time left is reckoned without it. Default: 0. */
  readonly from?: number;
  /** Is a bar drawn on a terminal? Default: false. */
  readonly bar?: boolean;
}

/** Characters of a bar, and the eighths of one. */
const BAR = 20;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** Progress of one job; call `at` as it goes on, and `end` in any case. */
export class ProgressLine {
  readonly #name: string;
  readonly #stream: Stream;
  readonly #now: () => number;
  readonly #start: number;
  readonly #from: number;
  readonly #bar: boolean;
  #next: number;
  #drawn = false;

  constructor(
    name: string,
    stream: Stream,
    { now = () => performance.now(), from = 0, bar = false }: ProgressLineOptions = {},
  ) {
    this.#name = name;
    this.#stream = stream;
    this.#now = now;
    this.#from = from;
    this.#bar = bar;
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
    const part = done - this.#from;
    const share = `${Math.floor(done * 100)} %`;
    const left = part > 0 ? [`${duration((elapsed * (1 - done)) / part)} left`] : [];
    const about = what === "" ? [] : [what];
    // Behind a bar what matters most comes first: the line may be cut.
    const line =
      live && this.#bar
        ? `${this.#name} ${bar(done)} ${[share, ...left, ...about].join(", ")}`
        : `${this.#name}: ${[...about, share, ...left].join(", ")}`;
    // A line that wraps could not be taken back.
    const shown = live ? line.slice(0, this.#stream.columns || undefined) : line;
    this.#stream.write(live ? `\r\x1b[K${shown}` : `${line}\n`);
    this.#drawn = live;
  }

  /** Takes the line off the terminal. */
  end(): void {
    if (this.#drawn) this.#stream.write("\r\x1b[K");
    this.#drawn = false;
  }
}

/** "▕█████▌              ▏" */
function bar(done: number): string {
  const eighths = Math.round(Math.min(done, 1) * BAR * 8);
  const full = "█".repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
  return `▕${full.padEnd(BAR)}▏`;
}

/** "8 s", "3 min 20 s". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
