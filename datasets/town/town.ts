/**
 * A small town whose every fact is known: made from a seed, the same on every machine.
 *
 * A town is plain data. Whatever writes about it, a file for each kind of text, takes the town and
 * returns texts together with the facts they state, so that the truth of an answer can be looked up.
 *
 * Source:  this project
 * Chapter: notebooks/02-embeddings.ipynb
 */
import { DataError } from "../../src/core/errors.ts";
import { draws } from "./draws.ts";
import { kinFacts, traitFacts } from "./facts.ts";
import type { Fact, Trait } from "./facts.ts";
import { foundHouseholds } from "./households.ts";
import { castPeople } from "./people.ts";
import type { Person } from "./people.ts";

export interface Town {
  readonly seed: number;
  /** A hundred, role by role: 40 asked, 24 stated, 24 visitors, 12 strangers. */
  readonly people: readonly Person[];
  /** All that is true of the 64 who live here: four traits each, then the relations. */
  readonly facts: readonly Fact[];
}

/**
 * The town of a seed.
 *
 * `seed` is a whole number from 0 to 2^53 − 1, by default 1; throws `ConfigError` for anything else.
 */
export function town({ seed = 1 }: { readonly seed?: number } = {}): Town {
  const random = draws("town", [seed]);
  const people = castPeople(random);
  const households = foundHouseholds(people, random);
  const facts = [...traitFacts(households, random), ...kinFacts(households, random)];
  return { seed, people, facts };
}

/**
 * The value of a person's trait: `traitOf(town, { person: "kate", about: "job" })` is "nurse".
 *
 * Throws `DataError` when the town has no such fact: visitors and strangers have none.
 */
export function traitOf(
  { facts, seed }: Town,
  { person, about }: { readonly person: string; readonly about: Trait },
): string {
  const fact = facts.find((one) => one.person === person && one.about === about);
  if (fact === undefined) {
    throw new DataError(
      `traitOf: expected someone who lives in the town of seed ${seed}, got "${person}"; town.people lists them with the roles "asked" and "stated"`,
    );
  }
  return fact.value;
}
