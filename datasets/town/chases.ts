/**
 * One animal does something to another, as in "the old cat chased the dog again".
 *
 * Any animal is found on either side, so that only the order says who did it.
 *
 * Source:  this project
 * Chapter: notebooks/08-attention.ipynb
 */
import { ConfigError } from "../../src/core/errors.ts";
import { draws, pick } from "./draws.ts";
import { pets } from "./words.ts";

const verbs = "chased followed saw met liked feared".split(" ");
const moods = ["", "old ", "young ", "small ", "big "];
const ends = ["", " again", " yesterday", " every day", " in the garden"];

/** A text, and who did what to whom. */
export interface ChaseText {
  /** Words and the full stop, each between spaces. */
  readonly text: string;
  readonly who: string;
  readonly verb: string;
  readonly whom: string;
}

/**
 * `count` texts, by default 1000, of one sentence each; who and whom differ.
 *
 * Throws `ConfigError` when `count` or `seed` is no whole number from 0 up.
 */
export function chaseTexts({
  count = 1000,
  seed = 1,
}: { readonly count?: number; readonly seed?: number } = {}): readonly ChaseText[] {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new ConfigError(
      `chaseTexts: expected a whole number from 0 up as count, got ${count}; use one such as 1000`,
    );
  }
  const random = draws("chases", [seed]);
  return Array.from({ length: count }, () => {
    const [who, whom] = random.shuffle(pets) as [string, string];
    const verb = pick(verbs, random);
    const [his, theirs, end] = [pick(moods, random), pick(moods, random), pick(ends, random)];
    return { text: `the ${his}${who} ${verb} the ${theirs}${whom}${end} .`, who, verb, whom };
  });
}

/** Every word of these texts, in the order of the alphabet. */
export function chaseWords(): readonly string[] {
  const all = [pets, verbs, moods, ends, "the", "."].flat().join(" ");
  return [...new Set(all.split(/\s+/))].sort();
}
