/**
 * A program that stays alive and answers one question after another.
 *
 * A question is a line of JSON on its stdin, an answer a line of JSON on its stdout. So a side of a benchmark takes
 * turns with others in one run: it has started, read its data and warmed up before its first turn. The program ends
 * when its stdin closes, so it does not outlive us.
 *
 * Source:  https://jsonlines.org
 * Chapter: notebooks/01-tokens.ipynb
 */
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { DataError } from "../core/errors.ts";

/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>;

export interface ProgramOptions {
  /** What its errors call it: the path of its script. */
  readonly name: string;
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Lines of its stderr that an error quotes. */
const LAST_WORDS = 12;

/** A running program; `end` it in any case. */
export class AnsweringProcess {
  readonly #name: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  readonly #ended: Promise<string>;
  readonly #complaints: string[] = [];

  /** Starts the program. */
  constructor({ name, command: [program, ...args], env = {} }: ProgramOptions) {
    this.#name = name;
    this.#child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const lines = createInterface({ input: this.#child.stdout });
    this.#answers = lines[Symbol.asyncIterator]();
    createInterface({ input: this.#child.stderr }).on("line", (line) => {
      this.#complaints.push(line);
      if (this.#complaints.length > LAST_WORDS) this.#complaints.shift();
    });
    // A closed pipe is seen as the end of the answers, with the reason why.
    this.#child.stdin.on("error", () => undefined);
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", (error) => resolve(error.message));
      this.#child.once("close", (code, signal) => resolve(`it ended with ${code ?? signal}`));
    });
  }

  /**
   * Its answer to a question.
   *
   * Throws `DataError` when it ends instead, with the last that it wrote to stderr, when it answers with something else than an object
   * of JSON, and with its own sentence when it answers { "error": "…" }.
   */
  async ask(question: Json): Promise<Json> {
    this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    const answer = await this.#answers.next();
    if (answer.done === true) {
      const why = await this.#ended;
      throw new DataError(
        [`${this.#name}: expected an answer, got none: ${why}`, ...this.#complaints].join("\n"),
      );
    }
    const read = parseObject(answer.value);
    if (read === undefined) {
      throw new DataError(
        `${this.#name}: expected a line of JSON, got "${answer.value.slice(0, 200)}"; it must print answers only`,
      );
    }
    if (typeof read.error === "string") throw new DataError(`${this.#name}: ${read.error}`);
    return read;
  }

  /** Lets the program end, and waits until it has. */
  async end(): Promise<void> {
    this.#child.stdin.end();
    if (this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid) {
      await once(this.#child, "close");
    }
  }
}

function parseObject(line: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Json)
      : undefined;
  } catch {
    return undefined;
  }
}
