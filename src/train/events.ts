/**
 * What training says while it runs: the loop computes, the reader decides what to print, plot or stop.
 *
 * Source:  https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Statements/for-await...of
 * Chapter: notebooks/13-pre-training.ipynb
 */

/** One update of the weights; step 1 is the first. */
export interface StepEvent {
  readonly type: "step";
  readonly step: number;
  /** Nats per token, the mean over the step's batches, before its update. */
  readonly loss: number;
  /** The learning rate of this step. */
  readonly rate: number;
  /** Length of the gradient of all weights together, before clipping. */
  readonly gradientNorm: number;
  /** Tokens read a second, by this step alone. */
  readonly tokensPerSecond: number;
}

/** The loss on fixed batches; step 0 is before the first update. */
export interface EvaluationEvent {
  readonly type: "evaluation";
  readonly step: number;
  /** Nats per token on windows of the text that is learned from. */
  readonly trainLoss: number;
  /** Nats per token on windows of the text that is held out. */
  readonly validationLoss: number;
}

/** What the `sample` option wrote after a step. */
export interface SampleEvent {
  readonly type: "sample";
  readonly step: number;
  readonly text: string;
}

/** A checkpoint lies on the disk. */
export interface CheckpointEvent {
  readonly type: "checkpoint";
  readonly step: number;
  readonly path: string;
}

/** Anything that training says. */
export type TrainEvent = StepEvent | EvaluationEvent | SampleEvent | CheckpointEvent;
