/**
 * Who lives with whom: families of two parents and one or two grown-up children.
 *
 * Families of `asked` people fill each street once, so that every street is the answer to some
 * question; families of `stated` people live next door to some of them. Nobody's family mixes roles.
 *
 * Source:  this project
 * Chapter: notebooks/02-embeddings.ipynb
 */
import type { Random } from "../../src/core/random.ts";
import type { Person } from "./people.ts";
import { streets } from "./words.ts";

export interface Household {
  readonly street: string;
  /** Wife and husband. */
  readonly parents: readonly [Person, Person];
  /** One or two, of either sex. */
  readonly children: readonly Person[];
}

/** Families of four and of three: 4 · 4 + 8 · 3 = 40 people asked about, 3 · 4 + 4 · 3 = 24 stated. */
const families = { asked: { ofFour: 4, ofThree: 8 }, stated: { ofFour: 3, ofThree: 4 } } as const;

/** The households of those who live in the town, at most one of each role in a street. */
export function foundHouseholds(people: readonly Person[], random: Random): readonly Household[] {
  return (["asked", "stated"] as const).flatMap((role) => {
    const living = people.filter((person) => person.role === role);
    const { ofFour, ofThree } = families[role];
    const wives = living.filter(({ sex }) => sex === "female").slice(0, ofFour + ofThree);
    const husbands = living.filter(({ sex }) => sex === "male").slice(0, ofFour + ofThree);
    const children = random.shuffle(
      living.filter((person) => !wives.includes(person) && !husbands.includes(person)),
    );
    const homes = random.shuffle(streets);
    return wives.map((wife, i) => ({
      street: homes[i] as string,
      parents: [wife, husbands[i] as Person] as const,
      children: children.splice(0, i < ofFour ? 2 : 1),
    }));
  });
}

/** Parents and children, in this order. */
export function members({ parents, children }: Household): readonly Person[] {
  return [...parents, ...children];
}
