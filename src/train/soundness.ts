/**
 * When training has gone wrong, and what is said then.
 *
 * A model that knows nothing and admits it has a loss of ln V, V its vocabulary. A run has exploded when its loss is four
 * times that, or four times its first loss where that was larger: large first weights guess wildly, and learn all the
 * same. Why four: `nano-shakespeare` on a novel, with a rate 300 times too large, rose to 1.8 ln V and came down to what
 * the counts of letters alone give; at 3,000 times it stood between 20 and 70 ln V and never came back. NaN and infinity,
 * as loss or as gradient norm, are the end in any case: one such gradient makes every weight NaN.
 *
 * Source:  Shannon (1948), "A Mathematical Theory of Communication", section 6, for ln V
 * Chapter: notebooks/13-pre-training.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import type { StepResult } from "./step.ts";

const TOO_MUCH = 4;

/** What a step is measured by. */
export interface Measure {
  readonly vocabulary: number;
  /** Nats per token at the run's first step. */
  readonly firstLoss: number;
}

/** Nats per token above which a run has exploded. */
export function largestLoss({ vocabulary, firstLoss }: Measure): number {
  const begun = Number.isFinite(firstLoss) ? firstLoss : 0;
  return TOO_MUCH * Math.max(Math.log(vocabulary), begun);
}

/** Where a run stands, for the message. */
export interface Situation extends Measure {
  readonly step: number;
  /** The setting that is most often the cause. */
  readonly learningRate: number;
  /** A phrase: where the last good weights are. */
  readonly lastCheckpoint: string;
}

/** Throws `ConfigError` when a step has exploded. */
export function expectSound({ loss, gradientNorm }: StepResult, situation: Situation): void {
  const most = largestLoss(situation);
  if (Number.isFinite(loss) && loss <= most && Number.isFinite(gradientNorm)) return;
  const { step, learningRate, lastCheckpoint } = situation;
  throw new ConfigError(
    `train, step ${step}: expected a loss of at most ${most.toFixed(2)} and a finite gradient norm, got a loss of ${short(loss)} and a norm of ${short(gradientNorm)}; lower learningRate (${learningRate}) or clip, or lengthen warmUp; ${lastCheckpoint}`,
  );
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
