/**
 * The names that every cell of our kernel has without an import; the compiler of cells reads this.
 *
 * Source:  Python's `input`, https://docs.python.org/3/library/functions.html#input
 * Chapter: notebooks/00-start.ipynb
 */

/** Asks the reader, below the cell. */
export interface Input {
  /**
   * Shows the question below the cell and waits for the reader's line; `await` it.
   *
   * Throws where the front end takes no answers; `input.available` tells beforehand.
   */
  (question?: string, options?: { readonly password?: boolean }): Promise<string>;
  /** Does the front end of this cell answer? */
  readonly available: boolean;
}

declare global {
  var input: Input;
}
