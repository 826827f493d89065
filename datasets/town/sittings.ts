/**
 * Animals on things, as in "the old cat sat quietly on the mat while a dog slept under the table".
 *
 * A text says of one animal or two where each of them is. Animal and thing stand next to each other or far apart, in
 * either order. Which animal is where is drawn anew for each text, so it cannot be learned by heart: a reader has to look.
 *
 * Source:  this project
 * Chapter: notebooks/08-attention.ipynb
 */
import { ConfigError } from "../../src/core/errors.ts";
import type { Random } from "../../src/core/random.ts";
import { draws, pick } from "./draws.ts";
import { foods, pets } from "./words.ts";

/** What animals sit on, twelve as of each kind of word. */
export const seats: readonly string[] = words(
  "mat rug bed sofa box bench wall roof table stool pillow fence",
);

/** How an animal stands to its thing; each is followed by "the". */
export const connectors: readonly string[] = words("on under beside near behind");

const verbs = words("sat slept lay stood rested waited");
const moods = words("old young small tired happy hungry");
const adverbs = ["quietly", "all day", "for an hour", "as always", "again"];
const joiners = words("while and but");

/** One animal at one thing. */
export interface Sitting {
  readonly animal: string;
  readonly connector: string;
  readonly seat: string;
}

/** A text and what it says. */
export interface SittingText {
  /** Words, commas and the full stop, each between spaces. */
  readonly text: string;
  /** In the order of the text; animals and things of one text all differ. */
  readonly sittings: readonly Sitting[];
}

export interface SittingOptions {
  /** How many texts; by default 1000. */
  readonly count?: number;
  /** Chooses words and order; by default 1. */
  readonly seed?: number;
  /** How many animals each text has, 1 or 2; by default 2. */
  readonly animals?: 1 | 2;
  /** "heldOut": pairs of animal and thing that no other text has; by default "seen". */
  readonly pairs?: "seen" | "heldOut";
}

/**
 * Is the pair held out? Every sixth diagonal of the table of animals and things is: two things of each animal, two
 * animals of each thing, and among them the cat on the mat.
 */
export function isHeldOutSitting({ animal, seat }: Pick<Sitting, "animal" | "seat">): boolean {
  return (pets.indexOf(animal) + seats.indexOf(seat)) % 6 === 1;
}

/**
 * `count` texts about animals and where they are.
 *
 * Throws `ConfigError` when `count` or `seed` is no whole number from 0 up.
 */
export function sittingTexts({
  count = 1000,
  seed = 1,
  animals = 2,
  pairs = "seen",
}: SittingOptions = {}): readonly SittingText[] {
  expectCount("sittingTexts", count);
  const random = draws("sittings", [seed]);
  return Array.from({ length: count }, () => {
    const sittings = drawSittings(random, { animals, heldOut: pairs === "heldOut" });
    const clauses = sittings.map((sitting) => clause(sitting, random));
    return { text: `${clauses.join(` ${pick(joiners, random)} `)} .`, sittings };
  });
}

/**
 * `count` sentences about one animal that has two things beside it, and is on one of them, before or after the other:
 * "the cat sat beside the wall on the mat ." The sitting is the one with "on": two words tell it from the other.
 *
 * Throws `ConfigError` when `count` or `seed` is no whole number from 0 up.
 */
export function choiceTexts({
  count = 1000,
  seed = 1,
}: Pick<SittingOptions, "count" | "seed"> = {}): readonly SittingText[] {
  expectCount("choiceTexts", count);
  const random = draws("choices", [seed]);
  return Array.from({ length: count }, () => {
    const [seat, other] = random.shuffle(seats) as [string, string];
    const animal = pick(pets, random);
    const adverb = random.integer(2) === 0 ? ` ${pick(adverbs, random)}` : "";
    const where = [`on the ${seat}`, `${pick(connectors.slice(1), random)} the ${other}`];
    const text = `the ${animal} ${pick(verbs, random)}${adverb} ${random.shuffle(where).join(" ")} .`;
    return { text, sittings: [{ animal, connector: "on", seat }] };
  });
}

/** The four forms of one sentence that differ in "on the" alone. */
export interface ConnectorForms {
  /** "the cat sat on the mat ." */
  readonly there: string;
  /** "the cat sat mat ." */
  readonly removed: string;
  /** "the cat sat beside the mat ." */
  readonly replaced: string;
  /** "on the the cat sat mat ." */
  readonly moved: string;
}

/** A plain sentence about an animal and its thing with "on the" there, removed, replaced, and moved to the beginning. */
export function connectorForms({ animal, seat }: Pick<Sitting, "animal" | "seat">): ConnectorForms {
  return {
    there: `the ${animal} sat on the ${seat} .`,
    removed: `the ${animal} sat ${seat} .`,
    replaced: `the ${animal} sat beside the ${seat} .`,
    moved: `on the the ${animal} sat ${seat} .`,
  };
}

/** Every word of these texts, in the order of the alphabet. */
export function sittingWords(): readonly string[] {
  const lists = [pets, seats, connectors, verbs, moods, adverbs, joiners, foods].flat();
  return [
    ...new Set([...lists, "the a an which likes , ."].flatMap((text) => text.split(" "))),
  ].sort();
}

function drawSittings(
  random: Random,
  { animals, heldOut }: { readonly animals: number; readonly heldOut: boolean },
): readonly Sitting[] {
  for (;;) {
    const [chosen, places] = [random.shuffle(pets), random.shuffle(seats)];
    const sittings = Array.from({ length: animals }, (_, i) => ({
      animal: chosen[i] as string,
      connector: pick(connectors, random),
      seat: places[i] as string,
    }));
    if (sittings.every((one) => isHeldOutSitting(one) === heldOut)) return sittings;
  }
}

/** One animal and its thing, with up to eight words between them; one clause in four begins with the thing. */
function clause({ animal, connector, seat }: Sitting, random: Random): string {
  const article = random.integer(2) === 0 ? "the" : "a";
  const mood = random.integer(2) === 0 ? `${pick(moods, random)} ` : "";
  const aside = random.integer(3) === 0 ? ` , which likes ${pick(foods, random)} ,` : "";
  const adverb = random.integer(2) === 0 ? ` ${pick(adverbs, random)}` : "";
  const who = `${article} ${mood}${animal}${aside}`.replace(/^a (?=[aeiou])/, "an ");
  const does = `${pick(verbs, random)}${adverb}`;
  const where = `${connector} the ${seat}`;
  return random.integer(4) === 0 ? `${where} ${who} ${does}` : `${who} ${does} ${where}`;
}

function expectCount(who: string, count: number): void {
  if (Number.isSafeInteger(count) && count >= 0) return;
  throw new ConfigError(
    `${who}: expected a whole number from 0 up as count, got ${count}; use one such as 1000`,
  );
}

function words(text: string): readonly string[] {
  return text.split(" ");
}
