/**
 * A number beside the band that was measured for it.
 *
 * Seeds and engines change results a little. A chapter states what was measured over many seeds, and each
 * reader's own number says whether it fell inside. Outside is something to look at, never an error.
 *
 * Source:  Bouthillier et al. (2021), on variance between seeds, https://arxiv.org/abs/2103.03098
 * Chapter: notebooks/00-start.ipynb
 */
import { isInside } from "../core/band.ts";
import type { Band } from "../core/band.ts";
import { ConfigError } from "../core/errors.ts";
import { say } from "../plot/numbers.ts";

/** Prints the value, the band and whether the value is inside; throws a `ConfigError` only for a band that is not [low, high]. */
export function bands(name: string, value: number, band: Band): void {
  const [low, high] = band;
  if (!(low <= high))
    throw new ConfigError(
      `bands "${name}": expected [low, high] with low <= high, got [${String(low)}, ${String(high)}]; swap them`,
    );
  const inside = isInside(value, band);
  const shown = Number.isFinite(value) ? say(value) : String(value);
  process.stdout.write(
    `${name}: ${shown}, band ${say(low)} to ${say(high)} ${inside ? "✓ inside" : "✗ outside"}\n`,
  );
}
