/**
 * What is true of a person: four traits, and who is what to whom.
 *
 * Every relation is told from both sides: if the sister of kate is jill, then a brother or sister of
 * jill is kate. Families and friends are of one role; a neighbour may be of the other, so what asks
 * about `asked` people leaves neighbours out.
 *
 * Source:  this project
 * Chapter: notebooks/02-embeddings.ipynb
 */
import type { Random } from "../../src/core/random.ts";
import { members } from "./households.ts";
import type { Household } from "./households.ts";
import type { Person } from "./people.ts";
import { foods, jobs, pets } from "./words.ts";

/** What lasts about a person: each has one of twelve values (`words.ts`). */
export type Trait = "job" | "street" | "pet" | "food";

/** What another person is to one: a parent, a child, one of the same parents, and so on. */
export type Kin =
  | "mother"
  | "father"
  | "daughter"
  | "son"
  | "sister"
  | "brother"
  | "wife"
  | "husband"
  | "friend"
  | "neighbour";

/** One truth: `about` of `person` is `value`. The job of kate is nurse, the sister of kate is jill. */
export interface Fact {
  readonly person: string;
  readonly about: Trait | Kin;
  /** A word of that kind, or the name of a person. */
  readonly value: string;
}

/**
 * Job, street, pet and food of everyone in the households.
 *
 * A household shares its street. The rest is dealt like cards, so that all twelve values are as
 * frequent as they can be among the people of a role, and guessing the commonest gains nothing.
 */
export function traitFacts(households: readonly Household[], random: Random): readonly Fact[] {
  return (["asked", "stated"] as const).flatMap((role) => {
    const homes = households.filter(({ parents }) => parents[0].role === role);
    const size = homes.flatMap(members).length;
    const job = deal(jobs, size, random);
    const pet = deal(pets, size, random);
    const food = deal(foods, size, random);
    return homes.flatMap((home) =>
      members(home).flatMap(({ name }): readonly Fact[] => [
        { person: name, about: "job", value: job.pop() as string },
        { person: name, about: "street", value: home.street },
        { person: name, about: "pet", value: pet.pop() as string },
        { person: name, about: "food", value: food.pop() as string },
      ]),
    );
  });
}

/** `size` values in random order, none of them more than once oftener than another. */
function deal(values: readonly string[], size: number, random: Random): string[] {
  const rounds = Math.ceil(size / values.length);
  const once = random.shuffle(values);
  return random.shuffle(
    Array.from({ length: rounds }, () => once)
      .flat()
      .slice(0, size),
  );
}

/** Every relation of everyone in the households, from both sides. */
export function kinFacts(households: readonly Household[], random: Random): readonly Fact[] {
  return [
    ...households.flatMap(family),
    ...friends(households, random).flatMap(([a, b]) => both(a, "friend", b)),
    ...neighbours(households).flatMap(([a, b]) => both(a, "neighbour", b)),
  ];
}

function family({ parents, children }: Household): readonly Fact[] {
  const [wife, husband] = parents;
  const [first, second] = children;
  return [
    kin(wife, "husband", husband),
    kin(husband, "wife", wife),
    ...children.flatMap((child) =>
      parents.flatMap((parent) => [
        kin(child, parent.sex === "female" ? "mother" : "father", parent),
        kin(parent, child.sex === "female" ? "daughter" : "son", child),
      ]),
    ),
    ...(first && second ? [sibling(first, second), sibling(second, first)] : []),
  ];
}

/** Pairs of one role and of two households; everyone who lives here has one friend. */
function friends(
  households: readonly Household[],
  random: Random,
): readonly (readonly [Person, Person])[] {
  return (["asked", "stated"] as const).flatMap((role) => {
    const homes = households.filter(({ parents }) => parents[0].role === role);
    const homeOf = new Map(
      homes.flatMap((home) => members(home).map((one) => [one, home] as const)),
    );
    for (;;) {
      // About one shuffle in three pairs no two of a household.
      const order = random.shuffle([...homeOf.keys()]);
      const pairs = order
        .slice(0, order.length / 2)
        .map((one, i) => [one, order[order.length - 1 - i] as Person] as const);
      if (pairs.every(([a, b]) => homeOf.get(a) !== homeOf.get(b))) return pairs;
    }
  });
}

/** Where two households share a street, the first of one lives next door to the first of the other … */
function neighbours(households: readonly Household[]): readonly (readonly [Person, Person])[] {
  return households.flatMap((home, i) =>
    households
      .slice(i + 1)
      .filter(({ street }) => street === home.street)
      .flatMap((other) => {
        const there = members(other);
        return members(home)
          .slice(0, there.length)
          .map((one, place) => [one, there[place] as Person] as const);
      }),
  );
}

function both(a: Person, about: Kin, b: Person): readonly Fact[] {
  return [kin(a, about, b), kin(b, about, a)];
}

function sibling(of: Person, other: Person): Fact {
  return kin(of, other.sex === "female" ? "sister" : "brother", other);
}

function kin(person: Person, about: Kin, other: Person): Fact {
  return { person: person.name, about, value: other.name };
}
