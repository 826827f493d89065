/**
 * Where a command writes, and how it ends: status 0, or a sentence on stderr and 1 or 2.
 *
 * Source:  https://clig.dev/#exit-codes
 * Chapter: notebooks/00-start.ipynb
 */
import { ConfigError, DataError } from "../../core/errors.ts";

/** Where a command writes: `process`, or a test's own. */
export interface Terminal {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: Stream;
  /**
   * Calls `ending` at Ctrl-C and other signals that end the process, which then waits for it; the next signal ends the
   * process at once. Returns the way to forget it. Without it every signal ends the process at once.
   */
  readonly whenStopped?: (ending: () => void | Promise<void>) => () => void;
}

/** A stream that may be a terminal. */
export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** How many characters a line of a terminal has. */
  readonly columns?: number;
}

/** The exit status of some work: its own, or 2 for bad arguments and 1 for bad data, each with its sentence on stderr; other errors are thrown on. */
export async function exitStatus(
  { stderr }: Terminal,
  work: () => number | Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof DataError)) throw error;
    stderr.write(`${error.message.trimEnd()}\n`);
    return error instanceof ConfigError ? 2 : 1;
  }
}
