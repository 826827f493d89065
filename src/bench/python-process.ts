/**
 * A Python program that answers questions, run by a Python of one's choice.
 *
 * Source:  https://docs.python.org/3/using/cmdline.html
 * Chapter: notebooks/01-tokens.ipynb
 */
import { AnsweringProcess } from "./answering-process.ts";

export interface PythonProcessOptions {
  /** The Python that runs it: a command or a path. */
  readonly python: string;
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running Python program; `end` it in any case. */
export class PythonProcess extends AnsweringProcess {
  /** Starts the program at the path `script`. */
  constructor(script: string, { python, env = {} }: PythonProcessOptions) {
    // Isolated: a program beside us called gensim.py is not what its own `import gensim` means.
    super({ name: script, command: [python, "-I", "-u", script], env });
  }
}
