/**
 * A book in two parts: what a model may read, and the chapters that are kept from it.
 *
 * Whole chapters are held out, not sentences: words come in bursts, and a sentence beside one that was read is half
 * known already.
 *
 * Source:  Church (2000), "Empirical Estimates of Adaptation", https://aclanthology.org/C00-1027/
 * Chapter: notebooks/01-tokens.ipynb
 */
import { ConfigError } from "../core/errors.ts";
import { Random } from "../core/random.ts";

/** Texts to learn from, and texts to be measured on, each in the order of the book. */
export interface Split {
  readonly read: readonly string[];
  readonly held: readonly string[];
}

/**
 * Texts split by a seed: `share` of them (default 0.1, rounded, at least one) are held out.
 *
 * Throws `ConfigError` for a share that leaves nothing to read.
 */
export function holdOut(
  texts: readonly string[],
  { share = 0.1, seed }: { readonly share?: number; readonly seed: number },
): Split {
  const count = Math.max(Math.round(share * texts.length), 1);
  if (!(share > 0 && count < texts.length)) {
    throw new ConfigError(
      `holdOut: expected a share above 0 that leaves some of ${texts.length} texts, got ${share}; use one such as 0.1`,
    );
  }
  const places = new Random(seed).shuffle(texts.map((_, place) => place));
  const held = new Set(places.slice(0, count));
  return {
    read: texts.filter((_, place) => !held.has(place)),
    held: texts.filter((_, place) => held.has(place)),
  };
}
