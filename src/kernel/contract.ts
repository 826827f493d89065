/**
 * What the kernel offers to the code of a cell: pictures, cleared output, the reader's answers.
 *
 * The kernel puts one `CellHost` on `globalThis`; `src/notebook` takes it from there, so that neither
 * imports the other. Outside our kernel there is none, and the caller decides what to do.
 *
 * Source:  https://jupyter-client.readthedocs.io/en/stable/messaging.html#display-data
 * Chapter: notebooks/00-start.ipynb
 */

/** MIME type to content: a string (binary types in base64), or an object for JSON types. */
export type MimeBundle = Readonly<Record<string, unknown>>;

export interface DisplayOptions {
  /** Names this output, so that a later call can redraw it in place. */
  readonly id?: string;
  /** Redraw the output of that `id` instead of adding one. Default: false. */
  readonly update?: boolean;
  /** By MIME type, for the front end. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface CellHost {
  /** Show one output with several representations below the running cell. */
  display(bundle: MimeBundle, options?: DisplayOptions): void;
  /** Ask the reader; resolves with the line typed. Rejects where the front end takes no input. */
  input(question: string, options?: { readonly password?: boolean }): Promise<string>;
  /** Does the front end of the running cell answer `input`? */
  readonly inputAvailable: boolean;
}

const KEY = Symbol.for("glassbox.cell-host");

/** The host of the running kernel, or undefined outside of it (a script, a test, stock tslab). */
export function cellHost(): CellHost | undefined {
  return (globalThis as { [KEY]?: CellHost })[KEY];
}

/** The kernel's own call at its start. */
export function offerCellHost(host: CellHost): void {
  (globalThis as { [KEY]?: CellHost })[KEY] = host;
}
