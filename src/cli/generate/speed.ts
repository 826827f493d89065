/**
 * How fast a model writes: tokens a second, from the first token on, so that reading the prompt does not count.
 *
 * Source:  https://nodejs.org/api/perf_hooks.html#performancenow
 * Chapter: notebooks/12-gpt.ipynb
 */

/** Counts tokens by the clock. */
export class Speed {
  #tokens = 0;
  #first = 0;
  #last = 0;

  /** A token has come. */
  token(): void {
    this.#last = performance.now();
    if (this.#tokens++ === 0) this.#first = this.#last;
  }

  /** "200 tokens, 1,900 a second" */
  said(): string {
    const tokens = `${this.#tokens.toLocaleString("en")} token${this.#tokens === 1 ? "" : "s"}`;
    const seconds = (this.#last - this.#first) / 1000;
    if (seconds === 0) return tokens;
    const rate = Number(((this.#tokens - 1) / seconds).toPrecision(2));
    return `${tokens}, ${rate.toLocaleString("en")} a second`;
  }
}
