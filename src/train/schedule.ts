/**
 * The learning rate of each step: a straight line up, then half a cosine down.
 *
 *     rate = peak · step / (warmUp + 1)                                     for step = 1 … warmUp
 *     rate = floor + (peak − floor) · (1 + cos(π · way)) / 2,    way = (step − warmUp − 1) / (steps − warmUp − 1)
 *
 * The first steps are small, for AdamW knows little of the gradients' sizes yet; the last ones are small, so that the
 * weights settle.
 *
 * Source:  Loshchilov and Hutter (2017), "SGDR: Stochastic Gradient Descent with Warm Restarts", formula 5;
 *          the warm-up as in https://github.com/karpathy/nanoGPT, train.py
 * Chapter: notebooks/13-pre-training.ipynb
 */

/** The shape of the curve. */
export interface Schedule {
  /** The largest rate, that of the first step after the warm-up. */
  readonly peak: number;
  /** Steps in which the rate rises. */
  readonly warmUp: number;
  /** All steps. */
  readonly steps: number;
  /** The rate of the last step, and of any after it. */
  readonly floor: number;
}

/** The rate of a step, the first of which is 1. */
export function learningRate(step: number, { peak, warmUp, steps, floor }: Schedule): number {
  if (step <= warmUp) return (peak * step) / (warmUp + 1);
  if (step >= steps) return floor;
  const way = (step - warmUp - 1) / (steps - warmUp - 1); // from 0 to 1
  return floor + ((peak - floor) * (1 + Math.cos(Math.PI * way))) / 2;
}
