/**
 * Do all sides of a training lose the same, step by step?
 *
 * Source:  Higham (2002), "Accuracy and Stability of Numerical Algorithms", section 1.2, on relative errors
 * Chapter: notebooks/01-tokens.ipynb
 */

/** A side and its loss at each step. */
export interface Losses {
  readonly name: string;
  readonly losses: readonly number[];
}

/** Half of a unit in the fifth digit, and as much again for the rounding of both numbers. */
const FIVE_DIGITS = 1e-5;

/** A sentence: the losses agree to five digits, or where they do not for the first time. */
export function compareLosses(sides: readonly Losses[]): string {
  const steps = Math.min(...sides.map(({ losses }) => losses.length));
  const shown = [...new Set([1, 10, 50, steps])].filter((step) => step <= steps);
  const at = (side: Losses, step: number): string =>
    (side.losses[step - 1] as number).toPrecision(6);
  const [reference, ...others] = sides as readonly [Losses, ...Losses[]];
  for (let step = 1; step <= steps; step++) {
    const expected = reference.losses[step - 1] as number;
    for (const other of others) {
      const found = other.losses[step - 1] as number;
      // A loss that is not a number is no agreement.
      if (Math.abs(found - expected) <= FIVE_DIGITS * Math.abs(expected)) continue;
      return `the losses agree to five digits for ${step - 1} steps; at step ${step} ${reference.name} has ${at(reference, step)}, ${other.name} ${at(other, step)}, and at step ${steps} ${sides.map((side) => `${side.name} ${at(side, steps)}`).join(", ")}`;
    }
  }
  const numbers = shown.map((step) => `${at(reference, step)} at step ${step}`);
  return `the losses of all ${sides.length} sides agree to five digits over ${steps} steps: ${numbers.join(", ")}`;
}
