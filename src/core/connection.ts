/**
 * A connection that ends when the reader presses Stop, when a signal says so, or when nothing comes.
 *
 * Waiting for a server is no loop that could breathe; a timer looks at Stop and at the clock instead.
 *
 * Source:  https://nodejs.org/api/globals.html#class-abortcontroller
 * Chapter: notebooks/01-tokens.ipynb
 */
import { DataError } from "./errors.ts";
import { Interrupted, isStopping } from "./interrupt.ts";

/** Milliseconds without a byte after which a connection counts as broken. */
const PATIENCE = 60_000;

/** Milliseconds between two looks at Stop and at the clock. */
const LOOK = 100;

/** What a request is made through: hand its `signal` to fetch, and close it at the end. */
export class Connection {
  readonly #end = new AbortController();
  readonly #watch: NodeJS.Timeout;
  /** Why it was ended from here, if it was. */
  #wish: { readonly reason: unknown } | undefined;
  #heard = performance.now();

  constructor(signal: AbortSignal | undefined) {
    this.#watch = setInterval(() => {
      if (isStopping()) this.#wish = { reason: new Interrupted() };
      if (signal?.aborted) this.#wish = { reason: signal.reason };
      const silent = performance.now() - this.#heard > PATIENCE;
      if (this.#wish !== undefined) this.#end.abort();
      else if (silent) this.#end.abort(new Error(`nothing for ${PATIENCE / 1000} seconds`));
    }, LOOK);
  }

  /** Aborts the request. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** The result of `act`, or a `DataError` with what `say` makes of the reason of its failure. */
  async use<T>(act: () => Promise<T>, say: (reason: string) => string): Promise<T> {
    try {
      const result = await act();
      this.#heard = performance.now();
      return result;
    } catch (error) {
      if (this.#wish !== undefined) throw this.#wish.reason;
      throw new DataError(`download: ${say(reasonOf(error))}`, { cause: error });
    }
  }

  /** Ends what still runs; no byte comes afterwards. */
  close(): void {
    clearInterval(this.#watch);
    this.#end.abort();
  }
}

/** fetch says "fetch failed" or "terminated"; what happened is its cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { message?: string; code?: string } };
  return cause?.message || cause?.code || message;
}
