/**
 * Says on the terminal which cell of which notebook runs, once it takes longer than two seconds.
 *
 * Source:  https://clig.dev/#responsiveness-is-more-important-than-speed
 * Chapter: notebooks/00-start.ipynb
 */

/** Milliseconds before a reader wonders whether anything happens. */
const PATIENCE = 2000;

/** Progress of one notebook; call `at` for each cell and `end` in any case. */
export class NotebookProgress {
  readonly #name: string;
  readonly #write: (text: string) => unknown;
  readonly #timer: NodeJS.Timeout;
  #line = "";
  #late = false;

  constructor(name: string, write: (text: string) => unknown, patience: number = PATIENCE) {
    this.#name = name;
    this.#write = write;
    this.#timer = setTimeout(() => {
      this.#late = true;
      this.#show();
    }, patience);
  }

  /** The cell that runs now, from 1, of how many. */
  at(cell: number, cells: number): void {
    this.#line = `${this.#name}: cell ${cell} of ${cells}\n`;
    if (this.#late) this.#show();
  }

  /** Nothing is written after this. */
  end(): void {
    clearTimeout(this.#timer);
  }

  #show(): void {
    this.#write(this.#line === "" ? `${this.#name}: starting a kernel\n` : this.#line);
  }
}
