/**
 * `glassbox chat`: the reader writes a line, a trained model the next one, and both see all lines before.
 *
 * Source:  https://nodejs.org/api/readline.html
 * Chapter: notebooks/12-gpt.ipynb
 */
import { createInterface } from "node:readline";
import { Writable } from "node:stream";

import { DataError } from "../core/errors.ts";
import { generate } from "../generate/generate.ts";
import { GptSteps } from "../generate/steps.ts";
import type { Tokenizer } from "../text/tokenizer.ts";
import { readWriting, writingUsage, type Writing } from "./generate/arguments.ts";
import { encodeFor, openModel, openTokenizerOf } from "./generate/opened-model.ts";
import { texts } from "./generate/texts.ts";
import { exitStatus, type Stream, type Terminal } from "./terminal/terminal.ts";

/** One line for the list of commands. */
export const summary = "write lines in turn with a trained model";

const USAGE = `glassbox chat --checkpoint DIR [options]   reads a line, writes the next one, and so on
A model that was only trained on a text does not answer: it goes on as that text would, from all lines so far.
An empty line lets it write another one. Ctrl-C stops what it writes, and at an empty line the program, as Ctrl-D does.
${writingUsage}Without --stop, what it writes ends with its line.
`;

/** Where lines come from: stdin, or a test's own. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Runs the command with what follows `chat` on its line; resolves with the exit status. */
export async function run(
  argv: string[],
  terminal: Terminal = process,
  input: Input = process.stdin,
): Promise<number> {
  return exitStatus(terminal, async () => {
    if (argv.includes("--help") || argv.includes("-h")) {
      terminal.stdout.write(USAGE);
      return 0;
    }
    const { writing } = readWriting(argv, "chat");
    const tokenizer = await openTokenizerOf(writing.checkpoint);
    const model = await openModel("chat", writing, terminal);
    const steps = new GptSteps(model);
    try {
      await converse(new Conversation(steps, tokenizer, writing), terminal, input);
    } finally {
      steps.dispose();
      model.dispose();
    }
    return 0;
  });
}

/** Reads lines to the end of the input; each is followed by the model's. */
async function converse(
  conversation: Conversation,
  { stdout, stderr }: Terminal,
  input: Input,
): Promise<void> {
  const isLive = input.isTTY === true;
  const lines = createInterface(
    isLive ? { input, output: echo(stderr), terminal: true, prompt: "> " } : { input },
  );
  let writing: AbortController | undefined;
  lines.on("SIGINT", () => {
    if (writing) writing.abort();
    else lines.close();
  });
  if (isLive) lines.prompt();
  for await (const line of lines) {
    writing = new AbortController();
    try {
      for await (const piece of conversation.answer(line, writing.signal)) stdout.write(piece);
      stdout.write("\n");
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      stderr.write(`${error.message}\n`);
    }
    writing = undefined;
    if (isLive) lines.prompt();
  }
  if (isLive) stderr.write("\n");
}

/** Where readline shows what is typed: stderr, so that stdout has what the model writes alone. */
function echo(stderr: Stream): Writable {
  const stream = new Writable({
    decodeStrings: false,
    write: (text: string, _, done) => {
      stderr.write(text);
      done();
    },
  });
  return Object.assign(stream, { columns: process.stderr.columns });
}

/** All lines so far, as ids. */
class Conversation {
  readonly #steps: GptSteps;
  readonly #tokenizer: Tokenizer;
  readonly #writing: Writing;
  readonly #lineEnd: readonly number[];
  #ids: readonly number[] = [];
  #answers = 0;

  constructor(steps: GptSteps, tokenizer: Tokenizer, writing: Writing) {
    this.#steps = steps;
    this.#tokenizer = tokenizer;
    this.#writing = writing;
    this.#lineEnd = encodeFor("chat", "\n", tokenizer);
  }

  /** What the model writes after a line, piece by piece. Throws `DataError` for a character that it has never seen. */
  async *answer(line: string, signal: AbortSignal): AsyncGenerator<string, void> {
    const { tokens, sampling, seed, stops } = this.#writing;
    const said = line === "" && this.#ids.length > 0 ? "" : `${line}\n`;
    const ids = [...this.#ids, ...encodeFor("chat", said, this.#tokenizer)];
    const options = { ...sampling, tokens, seed: seed + this.#answers, signal, steps: this.#steps };
    const events = texts(generate(this.#steps.model, [ids], options), {
      rows: 1,
      tokenizer: this.#tokenizer,
      stops: stops.length > 0 ? stops : ["\n"],
    });
    let isWhole = false;
    for await (const event of events) {
      if (event.type === "token") ids.push(event.id);
      if (event.type === "end") isWhole = event.reason === "stop";
      if (event.type === "token") yield event.text;
      if (event.type === "end") yield event.rest;
    }
    this.#ids = isWhole ? ids : [...ids, ...this.#lineEnd];
    this.#answers++;
  }
}
