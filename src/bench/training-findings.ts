/**
 * What a benchmark of training shows beside times: losses, the cost of compiling, the first loss, memory.
 *
 * Source:  Mytkowicz et al. (2009), "Producing Wrong Data Without Doing Anything Obviously Wrong!", section 7
 * Chapter: notebooks/01-tokens.ipynb
 */
import { summarize } from "./rounds.ts";
import { compareLosses } from "./step-losses.ts";
import type { TrainingSide } from "./training-side.ts";

/** What is known of a side after its turns. */
export type Trained = Pick<
  TrainingSide,
  "name" | "compiling" | "firstLoss" | "losses" | "memory" | "times"
>;

/**
 * A sentence for each; "PyTorch" is what times are measured in where it takes part.
 *
 * `comparable` says whether all sides should lose the same (default: true).
 */
export function findingsOf(
  sides: readonly Trained[],
  { comparable = true }: { readonly comparable?: boolean } = {},
): readonly string[] {
  const compilers = sides.filter(({ compiling }) => compiling > 0.01);
  const each = (all: readonly Trained[], text: (side: Trained) => string): string =>
    all.map((side) => `${side.name} ${text(side)}`).join(", ");
  const least = (side: Trained): number => summarize(side.times().seconds).minimum;
  const torch = sides.find(({ name }) => name === "PyTorch");
  const others = sides.filter((side) => side !== torch);
  return [
    ...(torch
      ? [
          `parts of PyTorch's time, by the minima: ${each(others, (side) => (least(side) / least(torch)).toFixed(2))}`,
        ]
      : []),
    ...(comparable && sides.length > 1 ? [compareLosses(sides)] : []),
    `from the start of a process to its first loss: ${each(sides, ({ firstLoss }) => `${firstLoss.toFixed(2)} s`)}`,
    `trace, graph and first run, before the clock: ${each(compilers, ({ compiling }) => `${compiling.toFixed(2)} s`)}`,
    `memory at most: ${each(sides, ({ memory }) => `${memory.toFixed(0)} MB`)}`,
  ];
}
