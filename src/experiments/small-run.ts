/**
 * A whole training of the small GPT of these chapters, from first weights to the last evaluation.
 *
 * Source:  https://github.com/karpathy/nanoGPT, train.py, for the form of a run
 * Chapter: notebooks/13-pre-training.ipynb
 */
import type { Corpus } from "../data/split.ts";
import { Gpt } from "../models/gpt.ts";
import type { TrainConfig } from "../train/config.ts";
import type { EvaluationEvent } from "../train/events.ts";
import { train } from "../train/train.ts";
import { smallGpt } from "./book-gpt.ts";

export interface SmallRunOptions {
  /** V of the tokenizer. */
  readonly vocabulary: number;
  readonly config: TrainConfig;
  readonly signal?: AbortSignal | undefined;
  /** Called after each step. */
  readonly onStep?: (() => void) | undefined;
}

export interface SmallRun {
  /** Yours to dispose. */
  readonly model: Gpt;
  readonly evaluations: readonly EvaluationEvent[];
}

/** Trains a new small GPT; its first weights come from the seed of the config. Throws as `train` does. */
export async function smallRun(
  corpus: Corpus,
  { vocabulary, config, signal, onStep }: SmallRunOptions,
): Promise<SmallRun> {
  const model = new Gpt({ ...smallGpt, vocabulary }, { seed: config.seed });
  const evaluations: EvaluationEvent[] = [];
  for await (const event of train(model, corpus, config, signal ? { signal } : {})) {
    if (event.type === "evaluation") evaluations.push(event);
    if (event.type === "step") onStep?.();
  }
  signal?.throwIfAborted();
  return { model, evaluations };
}

/** The loss on held-out text at the end of a run, in nats per token; its model is freed. */
export async function heldOutLoss(corpus: Corpus, options: SmallRunOptions): Promise<number> {
  const { model, evaluations } = await smallRun(corpus, options);
  model.dispose();
  return evaluations.at(-1)?.validationLoss ?? NaN;
}
