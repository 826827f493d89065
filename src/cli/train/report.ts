/**
 * What a run says: for a reader, lines as it goes and a progress line; for a program, a line of JSON for each event.
 *
 * Source:  https://clig.dev/#output
 * Chapter: notebooks/13-pre-training.ipynb
 */
import type { ParameterCount } from "../../models/gpt.ts";
import type { TrainEvent } from "../../train/events.ts";
import { count, counted } from "../terminal/count.ts";
import { ProgressLine } from "../terminal/progress-line.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { lossCurve } from "./curve.ts";
import type { Loss } from "./loss-file.ts";
import type { RunFile } from "./run-file.ts";

/** What is about to run. */
export interface Beginning {
  readonly run: RunFile;
  readonly directory: string;
  readonly vocabulary: number;
  readonly parameters: ParameterCount;
  /** Tokens to learn from, and held out. */
  readonly tokens: { readonly train: number; readonly validation: number };
  /** The step of the checkpoint that it goes on from; 0: it begins. */
  readonly from: number;
}

/** How much of the speed shown is that of the latest step. */
const LATEST = 0.1;

/** Writes what happens. */
export class Report {
  readonly #terminal: Terminal;
  readonly #json: boolean;
  readonly #name: string;
  readonly #steps: number;
  #progress: ProgressLine | undefined;
  #heldOut: number | undefined;
  #secondsPerToken = 0;
  #stopping = false;

  constructor({ run }: Beginning, { terminal, json }: { terminal: Terminal; json: boolean }) {
    this.#terminal = terminal;
    this.#json = json;
    this.#name = run.preset;
    this.#steps = run.settings.training.steps;
  }

  /** Says what is about to run. */
  begin(beginning: Beginning): void {
    this.#say(headText(beginning));
  }

  /** Says what has happened. */
  event(event: TrainEvent): void {
    if (this.#json) this.#terminal.stdout.write(`${JSON.stringify(event)}\n`);
    if (event.type === "step") this.#step(event);
    if (event.type === "evaluation") this.#heldOut = event.validationLoss;
    const text = this.#json ? "" : this.#text(event);
    if (text !== "") this.#say(text);
  }

  /** Says that the run ends after its step. */
  stopping(): void {
    this.#stopping = true;
    this.#progress?.end();
    this.#terminal.stderr.write(
      `${this.#name}: stopping after this step, with a checkpoint; Ctrl-C again ends at once\n`,
    );
  }

  /** Draws the losses, and says what to do next. */
  end(losses: readonly Loss[], next: string): void {
    this.#say(`${curveOf(losses)}${next}`);
  }

  /** Takes the progress line away; to be called in any case. */
  close(): void {
    this.#progress?.end();
  }

  #step({ step, loss, tokensPerSecond }: TrainEvent & { type: "step" }): void {
    const seconds = 1 / tokensPerSecond;
    const before = this.#secondsPerToken === 0 ? seconds : this.#secondsPerToken;
    this.#secondsPerToken = before + LATEST * (seconds - before);
    // Its clock begins with the steps: what came before would count as slow steps.
    this.#progress ??= new ProgressLine(this.#name, this.#terminal.stderr, {
      bar: true,
      from: (step - 1) / this.#steps,
    });
    if (this.#stopping) return;
    const heldOut = this.#heldOut === undefined ? "" : `, held out ${this.#heldOut.toFixed(3)}`;
    const speed = `${count(1 / this.#secondsPerToken)} tokens/s`;
    this.#progress.at(
      step / this.#steps,
      `loss ${loss.toFixed(3)}${heldOut}, ${speed}, step ${count(step)} of ${count(this.#steps)}`,
    );
  }

  #text(event: TrainEvent): string {
    if (event.type === "evaluation") {
      const { step, trainLoss, validationLoss } = event;
      const width = count(this.#steps).length;
      return `step ${count(step).padStart(width)}: loss ${trainLoss.toFixed(4)}, held out ${validationLoss.toFixed(4)}\n`;
    }
    if (event.type !== "sample") return "";
    return `it writes:\n${event.text.trim().replace(/^/gm, "  | ")}\n`;
  }

  /** The progress line may stand where this is to go. */
  #say(text: string): void {
    this.#progress?.end();
    (this.#json ? this.#terminal.stderr : this.#terminal.stdout).write(text);
  }
}

function headText({ run, directory, vocabulary, parameters, tokens, from }: Beginning): string {
  const { model, training } = run.settings;
  const { batch, accumulate, steps } = training;
  const windows = accumulate === 1 ? `${batch}` : `${accumulate} × ${batch}`;
  const goesOn = from === steps ? "; all are done" : `; it goes on after step ${count(from)}`;
  const begins = from === 0 ? "" : goesOn;
  return `${run.preset}: ${counted(model.layers, "layer")}, ${counted(model.heads, "head")}, ${counted(model.channels, "channel")}, ${count(parameters.total)} parameters
text: ${run.text.name}, ${count(tokens.train)} tokens to learn from and ${count(tokens.validation)} held out, of ${count(vocabulary)} different ones (${run.tokenizer})
run: ${counted(steps, "step")} of ${windows} × ${model.context} tokens, seed ${training.seed}, kept in ${directory}${begins}
`;
}

function curveOf(losses: readonly Loss[]): string {
  const steps = losses.flatMap((each) => (each.type === "step" ? [each] : []));
  const heldOut = losses.flatMap((each) =>
    each.type === "evaluation" ? [{ step: each.step, loss: each.validationLoss }] : [],
  );
  return lossCurve({ steps, heldOut });
}
