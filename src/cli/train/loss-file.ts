/**
 * Every loss of a run, line by line as it happens: what a curve is drawn from, also after the terminal is closed.
 *
 *     {"type":"step","step":1,"loss":4.17,"rate":0.00001,"gradientNorm":2.1}
 *     {"type":"evaluation","step":250,"trainLoss":2.41,"validationLoss":2.43}
 *
 * A resumed run goes on at its checkpoint, so the steps after that are taken out first: they come again. Nothing that
 * depends on the clock is kept, so two equal runs have equal files.
 *
 * Source:  https://jsonlines.org
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { replaceFile } from "../../core/whole-file.ts";
import { cannotWrite } from "../../text/writable-path.ts";
import type { EvaluationEvent, StepEvent, TrainEvent } from "../../train/events.ts";

/** A line. */
export type Loss = Omit<StepEvent, "tokensPerSecond"> | EvaluationEvent;

/** The file of a folder. */
export function lossPath(directory: string): string {
  return join(directory, "losses.jsonl");
}

/** The losses of a folder up to a step, by default all; none where there is no file. A line that was cut off counts as none. */
export function readLosses(directory: string, { upTo = Infinity }: { upTo?: number } = {}): Loss[] {
  let text: string;
  try {
    text = readFileSync(lossPath(directory), "utf8");
  } catch {
    return []; // a run that was not begun by the command keeps none
  }
  return text
    .split("\n")
    .flatMap((line) => parsed(line))
    .filter(({ step }) => step <= upTo);
}

/** Writes the losses of a run. */
export class LossFile {
  readonly #path: string;

  /** Begins the file with the losses so far; throws `DataError` when it cannot be written. */
  constructor(directory: string, losses: readonly Loss[]) {
    this.#path = lossPath(directory);
    this.#orSay(() => replaceFile(this.#path, losses.map(printed).join("")));
  }

  /** Adds the loss of an event that has one; throws `DataError` when it cannot be written. */
  add(event: TrainEvent): void {
    if (event.type !== "step" && event.type !== "evaluation") return;
    this.#orSay(() => appendFileSync(this.#path, printed(event)));
  }

  #orSay(write: () => void): void {
    try {
      write();
    } catch (error) {
      throw cannotWrite(this.#path, error);
    }
  }
}

function printed(loss: Loss): string {
  return `${JSON.stringify({ ...loss, tokensPerSecond: undefined })}\n`;
}

function parsed(line: string): Loss[] {
  try {
    const loss = JSON.parse(line) as Partial<Loss>;
    const isLoss = loss.type === "step" || loss.type === "evaluation";
    return isLoss && typeof loss.step === "number" ? [loss as Loss] : [];
  } catch {
    return []; // behind the last line, or cut off when the process was killed: the step comes again
  }
}
