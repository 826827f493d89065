/**
 * One line that says how far a long job is: the count, how fast, how long still.
 *
 *   reading chapters  40 of 136 ━━━━━━━━━━━━━━━━  12 a second, 8 s left
 *
 * Source:  https://github.com/tqdm/tqdm#readme
 * Chapter: notebooks/00-start.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { say } from "../plot/numbers.ts";
import { InPlace } from "./in-place.ts";
import { progressBundle } from "./progress-line.ts";
import { isUnattended } from "./screen.ts";

/** The handle of a progress line. */
export interface Progress {
  /** So many more are done. Default: 1. The line ends by itself when all are done. */
  step(n?: number): void;
  /** Draws the line's last state; needed only when the job ends early. */
  done(): Promise<void>;
}

/** A line for `total` things to do, called `label`; throws a `ConfigError` unless `total` is a whole number above 0. */
export function progress(total: number, label: string): Progress {
  if (!Number.isInteger(total) || total <= 0)
    throw new ConfigError(
      `progress "${label}": expected a whole number above 0 of things to do, got ${String(total)}; count them first`,
    );
  const start = performance.now();
  let count = 0;
  const state = (): { count: number; total: number; label: string; seconds?: number } => ({
    count,
    total,
    label,
    // Clock times differ at each run; committed outputs must not.
    ...(isUnattended() ? {} : { seconds: (performance.now() - start) / 1000 }),
  });
  const output = new InPlace<ReturnType<typeof state>>({
    draft: (line) => progressBundle(line, false),
    final: (line) => ({ bundle: progressBundle(line, true) }),
  });
  output.update(state());
  return {
    step(n = 1) {
      count += n;
      if (count > total)
        throw new ConfigError(
          `progress "${label}": expected at most ${say(total)} steps, got ${say(count)}; give the right total`,
        );
      output.update(state());
      if (count === total) void output.settle();
    },
    done: () => output.settle(),
  };
}
