/**
 * Numbers that options may have: checked where they come in, refused with a sentence.
 *
 * Source:  the wording of p-map, "Expected …, got …"
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { ConfigError } from "./errors.ts";

/** Throws `ConfigError` unless `value` is a whole number from `least` on; `who` begins the message. */
export function expectWhole(who: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new ConfigError(`${who}: expected a whole number from ${least}, got ${value}`);
}

/** Throws `ConfigError` unless `value` is finite and above 0; `who` begins the message. */
export function expectPositive(who: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new ConfigError(`${who}: expected a number above 0, got ${value}`);
}

/** Throws `ConfigError` unless `value` is finite and 0 or more; `who` begins the message. */
export function expectNotNegative(who: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new ConfigError(`${who}: expected 0 or a number above it, got ${value}`);
}
