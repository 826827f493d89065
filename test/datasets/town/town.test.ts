import { describe, expect, test } from "vitest";

import { femaleNames, maleNames } from "../../../datasets/first-names/names.ts";
import type { Fact, Kin } from "../../../datasets/town/facts.ts";
import { men, women } from "../../../datasets/town/names.ts";
import { town, traitOf } from "../../../datasets/town/town.ts";
import type { Town } from "../../../datasets/town/town.ts";
import * as words from "../../../datasets/town/words.ts";
import { ConfigError, DataError } from "../../../src/core/errors.ts";

const towns: readonly Town[] = Array.from({ length: 50 }, (_, seed) => town({ seed }));
const kinds = { job: words.jobs, street: words.streets, pet: words.pets, food: words.foods };
type Trait = keyof typeof kinds;

function relations(place: Town): readonly (Fact & { readonly about: Kin })[] {
  return place.facts.filter((fact): fact is Fact & { about: Kin } => !(fact.about in kinds));
}

function of(place: Town, person: string, ...abouts: readonly Kin[]): readonly string[] {
  return relations(place)
    .filter((fact) => fact.person === person && abouts.includes(fact.about))
    .map(({ value }) => value);
}

describe("the words of the town", () => {
  const { jobs, streets, pets, foods, places, things, colours, deeds } = words;

  test("are twelve of a kind, and no word or name is of two kinds", () => {
    const lists = [jobs, streets, pets, foods, places, things, colours];
    const all = [...lists.flat(), ...deeds, ...women, ...men];

    expect(lists.map(({ length }) => length)).toEqual(Array(7).fill(12));
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((word) => !/^[a-z]{3,9}$/.test(word))).toEqual([]);
  });

  test("take an article by their first letter", () => {
    expect(words.withArticle("hat")).toBe("a hat");
    expect(words.withArticle("umbrella")).toBe("an umbrella");
    expect(words.withArticle("orange hat")).toBe("an orange hat");
  });

  test("name women and men as the lists of first names do, each by one of the lists alone", () => {
    const capital = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
    const [female, male] = [new Set(femaleNames()), new Set(maleNames())];
    const strange = [
      ...women.map(capital).filter((name) => !female.has(name) || male.has(name)),
      ...men.map(capital).filter((name) => !male.has(name) || female.has(name)),
    ];

    expect(strange).toEqual([]);
    expect([women.length, men.length]).toEqual([50, 50]);
  });
});

describe("town", () => {
  test("is the same for the same seed, and another for another", () => {
    expect(town({ seed: 3 })).toEqual(town({ seed: 3 }));
    expect(town()).toEqual(town({ seed: 1 }));
    expect(new Set(towns.map(({ facts }) => JSON.stringify(facts))).size).toBe(towns.length);
  });

  test("refuses what is no seed", () => {
    for (const seed of [-1, 1.5, NaN, 2 ** 53]) {
      expect(() => town({ seed })).toThrow(
        new ConfigError(
          `town: expected a whole number from 0 to 2^53 - 1 as seed, got ${seed}; use one such as 1`,
        ),
      );
    }
  });

  test("has a hundred people of different names, and so many of each role, half of each women", () => {
    for (const { people, seed } of towns) {
      const count = (role: string, sex: string): number =>
        people.filter((person) => person.role === role && person.sex === sex).length;

      expect(new Set(people.map(({ name }) => name)).size, `seed ${seed}`).toBe(100);
      for (const sex of ["female", "male"]) {
        expect(
          ["asked", "stated", "visitor", "stranger"].map((role) => count(role, sex)),
          `seed ${seed}`,
        ).toEqual([20, 12, 12, 6]);
      }
      const named = people.filter(({ sex, name }) => (sex === "female") !== women.includes(name));
      expect(named).toEqual([]);
    }
  });

  test("has one fact for each trait of those who live there, and none for others", () => {
    for (const { people, facts } of towns) {
      for (const [about, values] of Object.entries(kinds)) {
        const told = facts.filter((fact) => fact.about === about);
        const living = people.filter(({ role }) => role === "asked" || role === "stated");

        expect(told.map(({ person }) => person).sort()).toEqual(
          living.map(({ name }) => name).sort(),
        );
        expect(told.filter(({ value }) => !values.includes(value))).toEqual([]);
      }
    }
  });

  test("deals jobs, pets and foods evenly within a role, and every street to somebody asked", () => {
    for (const { people, facts } of towns) {
      for (const role of ["asked", "stated"] as const) {
        const names = people.filter((person) => person.role === role).map(({ name }) => name);
        for (const about of ["job", "pet", "food"] as const) {
          const counts = kinds[about].map(
            (value) =>
              facts.filter(
                (fact) =>
                  fact.about === about && fact.value === value && names.includes(fact.person),
              ).length,
          );
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          expect(Math.min(...counts)).toBeGreaterThanOrEqual(2);
        }
      }
      const asked = new Set(people.filter(({ role }) => role === "asked").map(({ name }) => name));
      const lived = facts.filter(({ person, about }) => about === "street" && asked.has(person));
      expect(new Set(lived.map(({ value }) => value)).size).toBe(12);
    }
  });
});

describe("the relations of fifty towns", () => {
  test("are between two different people who live there, and name the other's sex rightly", () => {
    const female = ["mother", "daughter", "sister", "wife"];
    const male = ["father", "son", "brother", "husband"];
    for (const place of towns) {
      const person = new Map(place.people.map((one) => [one.name, one]));
      for (const fact of relations(place)) {
        expect(fact.value).not.toBe(fact.person);
        for (const name of [fact.person, fact.value]) {
          expect(["asked", "stated"]).toContain(person.get(name)?.role);
        }
        if (female.includes(fact.about)) expect(person.get(fact.value)?.sex).toBe("female");
        if (male.includes(fact.about)) expect(person.get(fact.value)?.sex).toBe("male");
      }
    }
  });

  test("are told from both sides", () => {
    const back: Readonly<Record<Kin, readonly Kin[]>> = {
      mother: ["daughter", "son"],
      father: ["daughter", "son"],
      daughter: ["mother", "father"],
      son: ["mother", "father"],
      sister: ["sister", "brother"],
      brother: ["sister", "brother"],
      wife: ["husband"],
      husband: ["wife"],
      friend: ["friend"],
      neighbour: ["neighbour"],
    };
    for (const place of towns) {
      for (const { person, about, value } of relations(place)) {
        expect(of(place, value, ...back[about]), `${value} and ${person}`).toContain(person);
      }
    }
  });

  test("make families: two parents or none, who are married; siblings have the same; nobody descends from itself", () => {
    for (const place of towns) {
      for (const { name } of place.people) {
        const parents = of(place, name, "mother", "father");
        if (parents.length > 0) {
          const [mother, father] = parents as [string, string];
          expect(parents).toHaveLength(2);
          expect(of(place, mother, "husband")).toEqual([father]);
          // Two generations: whoever has parents here has no children, so nobody is their own forebear.
          expect(of(place, name, "daughter", "son")).toEqual([]);
        }
        for (const sibling of of(place, name, "sister", "brother")) {
          expect(of(place, sibling, "mother", "father")).toEqual(parents);
        }
        expect(of(place, name, "wife", "husband").length).toBeLessThanOrEqual(1);
      }
    }
  });

  test("agree with streets and roles: a family is one of both, friends are of two families", () => {
    for (const place of towns) {
      const role = new Map(place.people.map((person) => [person.name, person.role]));
      const street = (name: string): string => traitOf(place, { person: name, about: "street" });
      for (const { person, about, value } of relations(place)) {
        const family = of(
          place,
          person,
          "mother",
          "father",
          "daughter",
          "son",
          "sister",
          "brother",
          "wife",
          "husband",
        );
        if (about === "friend" || about === "neighbour") expect(family).not.toContain(value);
        if (about !== "friend") expect(street(value)).toBe(street(person));
        if (about !== "neighbour") expect(role.get(value)).toBe(role.get(person));
      }
    }
  });

  test("give everyone who lives there one friend, and at most one neighbour", () => {
    for (const place of towns) {
      for (const { name, role } of place.people) {
        const lives = role === "asked" || role === "stated";
        expect(of(place, name, "friend")).toHaveLength(lives ? 1 : 0);
        expect(of(place, name, "neighbour").length).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe("traitOf", () => {
  test("finds the value among the facts", () => {
    const place = town();
    for (const { person, about, value } of place.facts) {
      if (about in kinds) expect(traitOf(place, { person, about: about as Trait })).toBe(value);
    }
  });

  test("refuses visitors and whoever is not there", () => {
    const visitor = town().people.find(({ role }) => role === "visitor")?.name ?? "";
    for (const person of [visitor, "Olga"]) {
      expect(() => traitOf(town(), { person, about: "job" })).toThrow(
        new DataError(
          `traitOf: expected someone who lives in the town of seed 1, got "${person}"; town.people lists them with the roles "asked" and "stated"`,
        ),
      );
    }
  });
});
