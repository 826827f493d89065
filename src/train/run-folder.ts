/**
 * The folder of a run: where it begins, what it may go on from, and how a checkpoint comes into it.
 *
 * Source:  https://github.com/karpathy/nanoGPT, train.py, `init_from = 'resume'`
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { createHash } from "node:crypto";

import { ConfigError } from "../core/errors.ts";
import type { Gpt } from "../models/gpt.ts";
import {
  checkpointPath,
  hasCheckpoint,
  loadCheckpoint,
  makeCheckpointFolder,
  restoreCheckpoint,
  saveCheckpoint,
} from "./checkpoint.ts";
import type { CheckpointCard } from "./checkpoint/card.ts";
import { reportSettings, type TrainConfig } from "./config.ts";
import type { TrainingStep } from "./step.ts";

/** How far a run has come: what changes in its card. */
export type Progress = Pick<CheckpointCard, "step" | "position" | "firstLoss">;

/** The run that a folder belongs to. */
export interface Run {
  readonly model: Gpt;
  readonly training: TrainingStep;
  readonly config: TrainConfig;
  /** The ids that are learned from. */
  readonly ids: Int32Array;
}

/** The folder of one run. */
export class RunFolder {
  readonly path: string;
  readonly #directory: string;
  readonly #run: Run;
  readonly #corpus: string;

  constructor(directory: string, run: Run) {
    this.path = checkpointPath(directory);
    this.#directory = directory;
    this.#run = run;
    this.#corpus = fingerprint(run.ids);
  }

  /**
   * Makes the folder, and with `resume` brings the run to where its checkpoint is; undefined when there is none yet.
   *
   * Throws `ConfigError` for a checkpoint of a run with other settings, another model or another text, and for any when
   * the run shall begin anew; `DataError` as `loadCheckpoint` and `restoreCheckpoint`.
   */
  async open({ resume }: { readonly resume: boolean }): Promise<Progress | undefined> {
    await makeCheckpointFolder(this.#directory);
    if (!(await hasCheckpoint(this.#directory))) return undefined;
    if (!resume) {
      throw new ConfigError(
        `train: expected a folder without a checkpoint to begin in, got ${this.path}; resume that run, or name another folder`,
      );
    }
    const checkpoint = await loadCheckpoint(this.#directory);
    this.#expectSameRun(checkpoint.card);
    restoreCheckpoint(checkpoint, {
      model: this.#run.model,
      optimizer: this.#run.training.optimizer,
    });
    return checkpoint.card;
  }

  /** Writes the checkpoint; throws as `saveCheckpoint`. */
  async save({ step, position, firstLoss }: Progress): Promise<void> {
    const { model, training, config } = this.#run;
    await saveCheckpoint(this.#directory, {
      model,
      optimizer: training.optimizer,
      card: {
        config: model.config,
        training: config,
        step,
        position,
        firstLoss,
        corpus: this.#corpus,
      },
    });
  }

  #expectSameRun({ config, training, corpus }: CheckpointCard): void {
    const { model, config: mine } = this.#run;
    const learned = Object.keys(training).filter(
      (name) => !reportSettings.includes(name as keyof TrainConfig),
    );
    this.#expectSame("model", { saved: config, wanted: model.config, names: Object.keys(config) });
    this.#expectSame("train", { saved: training, wanted: mine, names: learned });
    if (corpus === this.#corpus) return;
    throw new ConfigError(
      `${this.path}: expected the text that this run began with, got another one; resume with the same text and tokenizer, or begin anew in another folder`,
    );
  }

  #expectSame(
    kind: string,
    { saved, wanted, names }: { saved: object; wanted: object; names: readonly string[] },
  ): void {
    const [old, now] = [saved, wanted] as Record<string, unknown>[];
    const name = names.find((each) => old![each] !== now![each]);
    if (name === undefined) return;
    throw new ConfigError(
      `${this.path}: expected the ${kind} setting ${name} = ${String(old![name])} that this run began with, got ${String(now![name])}; resume with the same settings, or begin anew in another folder`,
    );
  }
}

function fingerprint(ids: Int32Array): string {
  const bytes = new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength);
  return createHash("sha256").update(bytes).digest("hex");
}
