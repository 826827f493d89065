/**
 * `glassbox generate`: a trained model writes on from a prompt, and the text appears as it is written.
 *
 * Source:  https://clig.dev/#output
 * Chapter: notebooks/12-gpt.ipynb
 */
import { generate } from "../generate/generate.ts";
import { numberAfter, readWriting, whole, writingUsage } from "./generate/arguments.ts";
import { encodeFor, openModel, openTokenizerOf } from "./generate/opened-model.ts";
import { Speed } from "./generate/speed.ts";
import { texts, type TextEvent } from "./generate/texts.ts";
import { exitStatus, type Terminal } from "./terminal/terminal.ts";

/** One line for the list of commands. */
export const summary = "let a trained model write on from a prompt";

const USAGE = `glassbox generate --checkpoint DIR --prompt TEXT [options]   writes on from TEXT
--prompt TEXT              what the text begins with
--count N                  so many texts, up to 100, each drawn by itself; 1 unless said
--json                     for programs: a line of JSON for each token, and one at the end of each text
${writingUsage}The model sees as much text as its context holds; when that is full, it goes on with the last half of it.
`;

/** Texts that are written side by side at most: each has its own share of memory. */
const MOST = 100;

/** Between two texts. */
const RULE = `\n${"-".repeat(40)}\n`;

/** Runs the command with what follows `generate` on its line; resolves with the exit status. */
export async function run(argv: string[], terminal: Terminal = process): Promise<number> {
  return exitStatus(terminal, async () => {
    if (argv.includes("--help") || argv.includes("-h")) {
      terminal.stdout.write(USAGE);
      return 0;
    }
    const own = { one: ["prompt", "count"], flags: ["json"] };
    const { words, writing } = readWriting(argv, "generate", own);
    const prompt = words.needed("prompt");
    const rule = whole(1, MOST);
    const count = numberAfter(words, { command: "generate", name: "count", rule }) ?? 1;
    const tokenizer = await openTokenizerOf(writing.checkpoint);
    const ids = encodeFor("generate", prompt, tokenizer);
    const model = await openModel("generate", writing, terminal);
    try {
      const { tokens, seed, sampling, stops } = writing;
      const prompts = new Array<number[]>(count).fill(ids);
      const events = generate(model, prompts, { ...sampling, tokens, seed });
      const written = texts(events, { rows: count, tokenizer, stops });
      if (words.has("json")) await tell(written, terminal);
      else await show(written, { prompt, count, terminal });
    } finally {
      model.dispose();
    }
    return 0;
  });
}

/** A line of JSON for each event. */
async function tell(events: AsyncIterable<TextEvent>, { stdout }: Terminal): Promise<void> {
  for await (const event of events) {
    // What was shown late is in the text as a whole.
    const told = event.type === "end" ? { ...event, rest: undefined } : event;
    stdout.write(`${JSON.stringify(told)}\n`);
  }
}

/** The first text as it is written, then each of the others as far as it is by then, and as it goes on. */
async function show(
  events: AsyncIterable<TextEvent>,
  {
    prompt,
    count,
    terminal,
  }: { readonly prompt: string; readonly count: number; readonly terminal: Terminal },
): Promise<void> {
  const { stdout, stderr } = terminal;
  const waiting = new Array<string>(count).fill("");
  const isOver = new Array<boolean>(count).fill(false);
  const speed = new Speed();
  let shown = 0;
  stdout.write(prompt);
  for await (const event of events) {
    if (event.type === "slide") continue;
    if (event.type === "token") speed.token();
    else isOver[event.row] = true;
    waiting[event.row] += event.type === "token" ? event.text : event.rest;
    if (event.row !== shown) continue;
    const next = (): string => waiting.splice(shown, 1, "").join("");
    stdout.write(next());
    while (isOver[shown] && ++shown < count) stdout.write(`${RULE}${prompt}${next()}`);
  }
  stdout.write("\n");
  stderr.write(`${speed.said()}\n`);
}
