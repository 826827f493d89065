/**
 * Ctrl-C while something runs that must come to an orderly end: the first is a wish, the second ends at once.
 *
 * Source:  https://clig.dev/#interactivity
 * Chapter: notebooks/13-pre-training.ipynb
 */
import type { Terminal } from "../terminal/terminal.ts";

/** Turns the first signal to end the process into an aborted `AbortSignal`, until `over`. */
export class Stopping {
  readonly signal: AbortSignal;
  readonly #forget: (() => void) | undefined;
  #over: () => void = () => undefined;

  /** Listens at once; `onStop` is called at the first signal. */
  constructor({ whenStopped }: Terminal, { onStop }: { readonly onStop: () => void }) {
    const controller = new AbortController();
    this.signal = controller.signal;
    const isOver = new Promise<void>((resolve) => (this.#over = resolve));
    this.#forget = whenStopped?.(() => {
      controller.abort();
      onStop();
      return isOver; // the process waits for it
    });
  }

  /** What was to be brought to an end is over: the process may go, or later signals end it at once. */
  over(): void {
    this.#forget?.();
    this.#over();
  }
}
