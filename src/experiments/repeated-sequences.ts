/**
 * Sequences that repeat themselves: a few random tokens, then the same again and again.
 *
 *     7 2 9 | 7 2 9 | 7 2 …      the period 3; another sequence has other tokens and another period
 *
 * Nothing can be learned about the tokens. From the second round on, whoever looks back for the last time that the
 * present token occurred, and reads what came after it, is right every time. The period is drawn for each sequence, or
 * else "copy what stands 3 places back" would do, which needs no such look.
 *
 * Axes:    B batch, T positions, V tokens
 * Source:  Olsson et al. (2022), "In-context Learning and Induction Heads", https://arxiv.org/abs/2209.11895
 * Chapter: notebooks/09-transformer-block.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import type { Random } from "../core/random.ts";

export interface RepeatedOptions {
  /** B: how many. */
  readonly batch: number;
  /** T: how long. */
  readonly context: number;
  /** V: how many different tokens there are. */
  readonly vocabulary: number;
  /** The least and the greatest period; each between them is as likely. */
  readonly periods: readonly [number, number];
}

export interface Repeated {
  /** (B · T) The tokens, row after row. */
  readonly x: Int32Array;
  /** (B · T) The token that follows each. */
  readonly y: Int32Array;
  /** (B) */
  readonly periods: Int32Array;
}

/** Draws sequences; within one period each token occurs once. Throws `ConfigError` for a period below 1 or above V. */
export function repeatedSequences(random: Random, options: RepeatedOptions): Repeated {
  const { batch: B, context: T, vocabulary: V } = options;
  const [least, greatest] = options.periods;
  if (!(least >= 1 && least <= greatest && greatest <= V)) {
    throw new ConfigError(
      `repeatedSequences: expected periods from 1 to the ${V} tokens, got ${least} to ${greatest}; a period has no token twice`,
    );
  }
  const [x, y] = [new Int32Array(B * T), new Int32Array(B * T)];
  const periods = new Int32Array(B);
  const tokens = Int32Array.from({ length: V }, (_, id) => id);
  for (let row = 0; row < B; row++) {
    const period = least + random.integer(greatest - least + 1);
    // The first `period` places of a shuffle (Fisher and Yates).
    for (let i = 0; i < period; i++) {
      const j = i + random.integer(V - i);
      [tokens[i], tokens[j]] = [tokens[j]!, tokens[i]!];
    }
    for (let t = 0; t < T; t++) {
      x[row * T + t] = tokens[t % period]!;
      y[row * T + t] = tokens[(t + 1) % period]!;
    }
    periods[row] = period;
  }
  return { x, y, periods };
}
