/**
 * One stream of random numbers for each purpose, so that a new kind of text changes no other.
 *
 * The seed of a stream is the first six bytes of the SHA-256 of its purpose and its seeds: statements and
 * stories of one seed have nothing to do with each other, on every machine alike.
 *
 * Source:  https://nodejs.org/api/crypto.html#cryptocreatehashalgorithm-options
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { createHash } from "node:crypto";

import { ConfigError } from "../../src/core/errors.ts";
import { Random } from "../../src/core/random.ts";

/**
 * The stream for `purpose` (such as "stories") and the seeds.
 *
 * Throws `ConfigError` unless each seed is a whole number from 0 to 2^53 − 1.
 */
export function draws(purpose: string, seeds: readonly number[]): Random {
  const bad = seeds.find((seed) => !Number.isSafeInteger(seed) || seed < 0);
  if (bad !== undefined) {
    throw new ConfigError(
      `${purpose}: expected a whole number from 0 to 2^53 - 1 as seed, got ${bad}; use one such as 1`,
    );
  }
  const sum = createHash("sha256")
    .update([purpose, ...seeds].join(" "))
    .digest();
  return new Random(sum.readUIntBE(0, 6));
}

/** One of the items, each equally likely. */
export function pick<T>(items: readonly T[], random: Random): T {
  return items[random.integer(items.length)] as T;
}
