/**
 * One run from its text to its last checkpoint.
 *
 *     text ─ tokenizer ─→ ids ─→ engine, model ─→ train ─ events ─→ report, losses.jsonl
 *
 * Source:  https://github.com/karpathy/nanoGPT, train.py
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";

import { ConfigError, DataError } from "../../core/errors.ts";
import { textCorpus, type TextCorpus } from "../../data/text-corpus.ts";
import { readText } from "../../data/text-file.ts";
import {
  openSavedTokenizer,
  openTextTokenizer,
  saveTokenizer,
  TOKENIZER_FILE,
  tokenizerText,
  type TextTokenizer,
} from "../../data/text-tokenizer.ts";
import { Gpt, parameterCount, type GptConfig } from "../../models/gpt.ts";
import { hasCheckpoint, loadCard } from "../../train/checkpoint.ts";
import { train } from "../../train/train.ts";
import { startEngine } from "../terminal/engine-option.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { CommandLine } from "./command-line.ts";
import { LossFile, readLosses, type Loss } from "./loss-file.ts";
import { placed, type Plan } from "./plan.ts";
import { Report, type Beginning } from "./report.ts";
import { hasRun, textCard, writeRun, type TextCard } from "./run-file.ts";
import { Sampler, startOf } from "./sampler.ts";
import { Stopping } from "./stopping.ts";

/** Status of a command that Ctrl-C has ended. */
const STOPPED = 130;

/** Runs a plan; resolves with the exit status. Throws `ConfigError` and `DataError` as its parts do. */
export async function runTraining(
  plan: Plan,
  { engine: wanted, json }: CommandLine,
  terminal: Terminal,
): Promise<number> {
  const { directory, earlier, settings } = plan;
  // What is out of range is said before a long text is read.
  parameterCount({ ...settings.model, vocabulary: 1 });
  const { corpus, text } = await read(plan, terminal);
  const config = { ...settings.model, vocabulary: corpus.tokenizer.vocabulary };
  const report = json ? terminal.stderr : terminal.stdout;
  openFolder(plan, corpus.tokenizer);
  const from = await stepOf(directory);
  const engine = await startEngine(
    { command: "glassbox train", name: wanted ?? earlier?.engine },
    { stdout: report, stderr: report },
  );
  if (earlier !== undefined && earlier.engine !== engine.name) {
    terminal.stderr.write(
      `the run began on ${earlier.engine}: on ${engine.name} its losses differ in their last digits\n`,
    );
  }
  const { preset } = plan;
  const run = earlier ?? { preset, ...placed(plan), text, engine: engine.name, settings };
  if (earlier === undefined) writeRun(directory, run);
  const parameters = parameterCount(config);
  warnOfMemory(parameters.total, terminal);
  const tokens = { train: corpus.train.length, validation: corpus.validation.length };
  const vocabulary = config.vocabulary;
  const beginning = {
    run: { ...run, settings },
    directory,
    vocabulary,
    parameters,
    tokens,
    from,
  };
  return watch({ plan, config, corpus, json, terminal, beginning });
}

interface Watched {
  readonly plan: Plan;
  readonly config: GptConfig;
  readonly corpus: TextCorpus;
  readonly json: boolean;
  readonly terminal: Terminal;
  readonly beginning: Beginning;
}

/** Trains and tells; resolves with the exit status. */
async function watch({
  plan,
  config,
  corpus,
  json,
  terminal,
  beginning,
}: Watched): Promise<number> {
  const { directory, settings } = plan;
  const { from } = beginning;
  const report = new Report(beginning, { terminal, json });
  report.begin(beginning);
  // Without a checkpoint even the evaluation before the first step comes again.
  const losses: Loss[] = from === 0 ? [] : readLosses(directory, { upTo: from });
  const file = new LossFile(directory, losses);
  const { seed } = settings.training;
  const model = new Gpt(config, { seed });
  const stopping = new Stopping(terminal, { onStop: () => report.stopping() });
  const { signal } = stopping;
  const { tokenizer } = corpus;
  const start = startOf(tokenizer, corpus.validation);
  const sampler = new Sampler(model, { tokenizer, seed, start, signal });
  const sample = (): Promise<string> => sampler.write();
  const options = { directory, resume: from > 0, sample, signal };
  let step = from;
  try {
    for await (const event of train(model, corpus, settings.training, options)) {
      if (event.type === "step" || event.type === "evaluation") {
        file.add(event);
        losses.push(event);
        step = event.step;
      }
      report.event(event);
    }
    const isStopped = signal.aborted && step < settings.training.steps;
    const next = isStopped ? goOn(step, directory) : writeOn(directory, corpus);
    report.end(losses, next);
    return isStopped ? STOPPED : 0;
  } finally {
    report.close();
    sampler.dispose();
    model.dispose();
    stopping.over();
  }
}

/** Reads and encodes the text; throws `DataError` for one that is not that of the earlier run. */
async function read(
  { data, tokenizer, settings, directory, earlier }: Plan,
  { stderr }: Terminal,
): Promise<{ readonly corpus: TextCorpus; readonly text: TextCard }> {
  const progress = new ProgressLine("reading", stderr);
  try {
    const onProgress = (bytes: number): void =>
      progress.at(0, `${(bytes / 1e6).toFixed(1)} MB of ${data}`);
    const text = await readText(data, { onProgress });
    const card = textCard(text);
    if (earlier !== undefined && earlier.text.sha256 !== card.sha256) {
      throw new ConfigError(
        `glassbox train --resume: expected the text that the run in ${directory} began with, ${earlier.text.name} of ${earlier.text.length.toLocaleString("en")} characters, got ${data}, which differs; restore it, or begin another run in another folder (--out)`,
      );
    }
    const corpus = await textCorpus(text, {
      tokenizer: tokenizerOf({ tokenizer, directory, earlier }),
      least: settings.model.context + 1,
      onProgress: (part) => progress.at(part, `tokens of ${text.name}`),
    });
    return { corpus, text: card };
  } finally {
    progress.end();
  }
}

function tokenizerOf({
  tokenizer,
  directory,
  earlier,
}: Pick<Plan, "tokenizer" | "directory" | "earlier">): TextTokenizer | "characters" {
  // The run's own: the file that it was made from may have changed since.
  if (earlier !== undefined && existsSync(join(directory, TOKENIZER_FILE))) {
    return openSavedTokenizer(directory) as TextTokenizer;
  }
  return tokenizer === "characters" ? tokenizer : openTextTokenizer(tokenizer);
}

/** The step of the checkpoint in a folder, 0 where there is none. */
async function stepOf(directory: string): Promise<number> {
  return (await hasCheckpoint(directory)) ? (await loadCard(directory)).step : 0;
}

/** Makes the folder and puts the tokenizer into it; throws `DataError` where that cannot be, or another one would be lost. */
function openFolder({ directory, earlier }: Plan, tokenizer: TextTokenizer): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(
      `${directory}: expected a folder for the run, got "${reason}"; name another by --out`,
      { cause },
    );
  }
  const path = join(directory, TOKENIZER_FILE);
  const isThere = existsSync(path);
  if (isThere && earlier !== undefined) return;
  if (isThere && !hasRun(directory) && readFileSync(path, "utf8") !== tokenizerText(tokenizer)) {
    throw new DataError(
      `${path}: expected a folder for a new run, got one with another tokenizer, which would be lost; name another by --out`,
    );
  }
  saveTokenizer(directory, tokenizer);
}

/** Weights, gradients and AdamW's two means, 4 bytes each, are the least that a run needs. */
function warnOfMemory(parameters: number, { stderr }: Terminal): void {
  const [needed, there] = [parameters * 16, totalmem()].map((bytes) => bytes / 2 ** 30);
  if (needed! < there!) return;
  stderr.write(
    `this model needs more than ${needed!.toFixed(1)} GiB of memory; there are ${there!.toFixed(1)}, so it may be ended by the system\n`,
  );
}

function goOn(step: number, directory: string): string {
  if (step === 0) return "stopped before the first step: there is nothing to go on with\n";
  return `stopped after step ${step.toLocaleString("en")}. It goes on by\n  npx glassbox train --out ${quoted(directory)} --resume\n`;
}

function writeOn(directory: string, { tokenizer, validation }: TextCorpus): string {
  const [word = " "] = /(?<=\s)\p{L}+/u.exec(tokenizer.decode(validation.subarray(0, 500))) ?? [];
  return `the model is in ${directory}. It writes on from a text by\n  npx glassbox generate --checkpoint ${quoted(directory)} --prompt ${quoted(word)}\n`;
}

/** A word for the shell. */
function quoted(word: string): string {
  return /^[\p{L}\p{N}./_-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
