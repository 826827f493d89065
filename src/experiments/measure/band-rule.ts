/**
 * From what some seeds gave to the band in which another seed is expected.
 *
 * The band reaches from the least to the greatest value, widened on each side by half its width. Where the values
 * are normally distributed, ten seeds give a band of six standard deviations on average, and another seed falls
 * outside once in about 55 times (1.8 %, simulated).
 *
 * Source:  Bouthillier et al. (2021), on variance between seeds, https://arxiv.org/abs/2103.03098
 * Chapter: notebooks/01-tokens.ipynb
 */
import type { Band } from "../../core/band.ts";
import { ConfigError } from "../../core/errors.ts";

/** Fewer seeds show too little of the spread. */
export const FEWEST_SEEDS = 10;

/** Digits that are kept: a sum of two doubles has noise after them. */
const DIGITS = 12;

/**
 * [least − half the width, greatest + half the width] of the measured values.
 *
 * A `rate` stays within 0…1. Where all seeds agree the band is that one number: the seed changes nothing,
 * and any other value is outside. Throws `ConfigError` for fewer than 10 values.
 */
export function bandFrom(
  measured: readonly number[],
  { rate = false }: { readonly rate?: boolean } = {},
): Band {
  if (measured.length < FEWEST_SEEDS) {
    throw new ConfigError(
      `bandFrom: expected the values of at least ${FEWEST_SEEDS} seeds, got ${measured.length}; measure more`,
    );
  }
  const least = Math.min(...measured);
  const greatest = Math.max(...measured);
  if (least === greatest) return [least, greatest];
  const half = (greatest - least) / 2;
  const [low, high] = [tidy(least - half), tidy(greatest + half)];
  return rate ? [Math.max(low, 0), Math.min(high, 1)] : [low, high];
}

function tidy(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
