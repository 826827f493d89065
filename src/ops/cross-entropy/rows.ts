/**
 * Cross-entropy row by row on the processor, with one power of e for each logit.
 *
 * Axes:    N positions, V classes
 * Source:  Goodfellow, Bengio and Courville (2016), "Deep Learning", sections 4.1 (overflow) and 6.2.2.3
 * Chapter: notebooks/00-start.ipynb
 */

/** What comes of N rows of logits. */
export interface LossesAndSlopes {
  /** (N), in nats. */
  readonly losses: Float32Array;
  /** ∂losses / ∂logits, (N, V). */
  readonly slopes: Float32Array;
}

/** Losses and slopes for logits (N, V) and ids (N), each from 0 to V − 1. */
export function lossesAndSlopes(
  logits: ArrayLike<number>,
  { ids, V }: { readonly ids: ArrayLike<number>; readonly V: number },
): LossesAndSlopes {
  const losses = new Float32Array(ids.length);
  const slopes = new Float32Array(ids.length * V);
  for (let n = 0; n < ids.length; n++) {
    const start = n * V;
    const end = start + V;
    const target = start + (ids[n] as number);
    // softmax(x) = softmax(x − max x), whose powers of e do not overflow.
    let max = -Infinity;
    for (let place = start; place < end; place++) {
      if ((logits[place] as number) > max) max = logits[place] as number;
    }
    let sum = 0;
    for (let place = start; place < end; place++) {
      const power = Math.exp((logits[place] as number) - max);
      slopes[place] = power;
      sum += power;
    }
    for (let place = start; place < end; place++) slopes[place] = (slopes[place] as number) / sum;
    slopes[target] = (slopes[target] as number) - 1;
    losses[n] = Math.log(sum) + max - (logits[target] as number);
  }
  return { losses, slopes };
}
