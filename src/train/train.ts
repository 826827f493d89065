/**
 * Training: read windows of a text, guess each next token, and change the weights so that the guesses get better.
 *
 *     evaluation 0 ─→ step 1 ─→ step 2 ─→ … ─→ step n, evaluation n, sample n, checkpoint n ─→ …
 *
 * The loop computes and says what happened; whoever reads its events prints, plots or stops. Whatever is random depends on
 * the seed and on the number of the step or the place in the stream of windows, so a run that goes on from a checkpoint
 * ends with the same bytes as one that never stopped, on the same engine with as many threads.
 *
 * Axes:    B windows, T positions
 * Source:  https://github.com/karpathy/nanoGPT, train.py
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { ConfigError, DataError } from "../core/errors.ts";
import { breathe, Interrupted } from "../core/interrupt.ts";
import type { Corpus } from "../data/split.ts";
import { Windows } from "../data/windows.ts";
import type { Gpt } from "../models/gpt.ts";
import { expectTrainConfig, type TrainConfig } from "./config.ts";
import { Evaluation } from "./evaluation.ts";
import type { TrainEvent } from "./events.ts";
import { RunFolder, type Progress } from "./run-folder.ts";
import { learningRate } from "./schedule.ts";
import { expectSound } from "./soundness.ts";
import { TrainingStep } from "./step.ts";

/** What a run may be given besides its settings. */
export interface TrainOptions {
  /** Ends the run after the step that it is at, with a checkpoint where there is a folder. */
  readonly signal?: AbortSignal;
  /** Where checkpoints go; without it there are none. */
  readonly directory?: string;
  /** Goes on from the checkpoint of the folder, or begins where there is none yet. Default: false. */
  readonly resume?: boolean;
  /** What the model writes after a step; asked every `sampleEvery` steps. */
  readonly sample?: (step: number) => Promise<string>;
}

/**
 * Trains a model; its weights change while the events are read, and stay when the reading stops.
 *
 * A run that is finished already, resumed, takes its weights from the checkpoint and says where that is, nothing more.
 * After Stop in a notebook the checkpoint is written as well.
 *
 * Throws `ConfigError` for settings out of range, for a checkpoint of another run or one where none was to be, and when
 * the loss explodes (`soundness.ts` says what that is): the model is broken then, and its checkpoint the last good one.
 * Throws `DataError` for a text shorter than a window and for a checkpoint that cannot be read or written, `Interrupted`
 * after Stop.
 */
export async function* train(
  model: Gpt,
  corpus: Corpus,
  config: TrainConfig,
  options: TrainOptions = {},
): AsyncGenerator<TrainEvent, void> {
  expectTrainConfig(config);
  expectOptions(options);
  expectIds(corpus, model.config);
  const run = new TrainingRun(model, corpus, config, options);
  try {
    yield* run.events();
  } catch (error) {
    if (error instanceof Interrupted) await run.save();
    throw error;
  } finally {
    run.dispose();
  }
}

/** A run in its parts, in the order in which they happen. */
class TrainingRun {
  readonly #model: Gpt;
  readonly #config: TrainConfig;
  readonly #options: TrainOptions;
  readonly #windows: Windows;
  readonly #evaluation: Evaluation;
  readonly #training: TrainingStep;
  readonly #folder: RunFolder | undefined;
  #progress: Progress = { step: 0, position: 0, firstLoss: NaN };
  #gradientNorm = 0;
  /** The step of the checkpoint in the folder; 0: there is none. */
  #saved = 0;

  constructor(model: Gpt, corpus: Corpus, config: TrainConfig, options: TrainOptions) {
    const { batch, seed } = config;
    this.#model = model;
    this.#config = config;
    this.#options = options;
    this.#windows = new Windows(corpus.train, { batch, context: model.config.context, seed });
    this.#evaluation = new Evaluation(model, corpus, config);
    this.#training = new TrainingStep(model, config);
    const run = { model, training: this.#training, config, ids: corpus.train };
    const { directory } = options;
    this.#folder = directory === undefined ? undefined : new RunFolder(directory, run);
  }

  async *events(): AsyncGenerator<TrainEvent, void> {
    const { steps, evaluateEvery, sampleEvery, checkpointEvery } = this.#config;
    const isDue = (every: number): boolean =>
      every > 0 && (this.#step % every === 0 || this.#step === steps);
    await this.#open();
    if (this.#step === steps) {
      yield { type: "checkpoint", step: steps, path: this.#folder!.path };
      return;
    }
    await this.#ready();
    if (this.#step === 0 && evaluateEvery > 0) yield* this.#evaluate();
    while (this.#step < steps && !this.#isAborted) {
      yield await this.#learn();
      if (isDue(evaluateEvery)) yield* this.#evaluate();
      if (isDue(sampleEvery)) yield* this.#sample();
      if (isDue(checkpointEvery)) yield* this.#checkpoint();
      await breathe();
    }
    yield* this.#checkpoint();
  }

  /**
   * Writes the checkpoint of the last step that is done; false when it lies there, or there is no folder.
   *
   * A finite loss so far says nothing of the weights that the last update made: they are tried first.
   */
  async save(): Promise<boolean> {
    if (!this.#folder || this.#step === this.#saved) return false;
    const loss = this.#evaluation.probe();
    this.#expectSound(loss, { ...this.#progress, gradientNorm: this.#gradientNorm });
    await this.#folder.save(this.#progress);
    this.#saved = this.#step;
    return true;
  }

  dispose(): void {
    this.#evaluation.dispose();
    this.#training.dispose();
  }

  get #step(): number {
    return this.#progress.step;
  }

  get #isAborted(): boolean {
    return this.#options.signal?.aborted === true;
  }

  async #open(): Promise<void> {
    const found = await this.#folder?.open({ resume: this.#options.resume === true });
    if (!found) return;
    this.#progress = found;
    this.#windows.position = found.position;
    this.#saved = found.step;
  }

  /** All graphs before the first step: one that came in between would compute in another order than the steps before it. */
  async #ready(): Promise<void> {
    const { position } = this.#windows;
    await this.#training.ready(this.#windows.next());
    this.#windows.position = position;
    await this.#evaluation.ready();
  }

  async #learn(): Promise<TrainEvent> {
    const { learningRate: peak, accumulate, batch } = this.#config;
    const begin = performance.now();
    const step = this.#step + 1;
    const rate = learningRate(step, { ...this.#config, peak });
    const batches = Array.from({ length: accumulate }, () => this.#windows.next());
    const { loss, gradientNorm } = await this.#training.run(batches, { step, rate });
    const firstLoss = step === 1 ? loss : this.#progress.firstLoss;
    this.#expectSound(loss, { step, firstLoss, gradientNorm });
    this.#progress = { step, position: this.#windows.position, firstLoss };
    this.#gradientNorm = gradientNorm;
    const tokens = accumulate * batch * this.#model.config.context;
    const tokensPerSecond = tokens / ((performance.now() - begin) / 1000);
    return { type: "step", step, loss, rate, gradientNorm, tokensPerSecond };
  }

  async *#evaluate(): AsyncGenerator<TrainEvent, void> {
    const losses = await this.#evaluation.run(this.#options);
    if (losses) yield { type: "evaluation", step: this.#step, ...losses };
  }

  async *#sample(): AsyncGenerator<TrainEvent, void> {
    const { sample } = this.#options;
    if (!sample || this.#isAborted) return;
    yield { type: "sample", step: this.#step, text: await sample(this.#step) };
  }

  async *#checkpoint(): AsyncGenerator<TrainEvent, void> {
    if (!(await this.save())) return;
    yield { type: "checkpoint", step: this.#step, path: this.#folder!.path };
  }

  #expectSound(
    loss: number,
    { step, firstLoss, gradientNorm }: Omit<Progress, "position"> & { gradientNorm: number },
  ): void {
    const { vocabulary } = this.#model.config;
    const { learningRate } = this.#config;
    const lastCheckpoint =
      this.#saved > 0
        ? `the last good checkpoint is that of step ${this.#saved}, ${this.#folder!.path}`
        : "there is no checkpoint yet";
    const measured = { loss, gradientNorm };
    expectSound(measured, { vocabulary, firstLoss, step, learningRate, lastCheckpoint });
  }
}

function expectOptions({ resume, directory }: TrainOptions): void {
  if (resume === true && directory === undefined) {
    throw new ConfigError(
      "train resume: expected the directory of a run to go on with, got none; give the directory",
    );
  }
}

/** A graph would look for an id beyond the vocabulary in vain, in words of its own. */
function expectIds(corpus: Corpus, { vocabulary }: Gpt["config"]): void {
  for (const ids of [corpus.train, corpus.validation]) {
    const wrong = ids.find((id) => id < 0 || id >= vocabulary);
    if (wrong === undefined) continue;
    throw new DataError(
      `train: expected ids from 0 to ${vocabulary - 1}, got ${wrong}; encode the text with the tokenizer whose vocabulary the model has`,
    );
  }
}
