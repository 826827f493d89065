import { describe, expect, test } from "vitest";

import type { Fact } from "../../../datasets/town/facts.ts";
import { men, women } from "../../../datasets/town/names.ts";
import { statements } from "../../../datasets/town/statements.ts";
import type { Statement } from "../../../datasets/town/statements.ts";
import { town } from "../../../datasets/town/town.ts";
import type { Town } from "../../../datasets/town/town.ts";
import { wordingsOf } from "../../../datasets/town/wordings.ts";
import { foods, jobs, pets, streets } from "../../../datasets/town/words.ts";
import { ConfigError } from "../../../src/core/errors.ts";

const place = town();
const many = statements(place, { count: 20_000 });
const name = [...women, ...men].join("|");
const kin = "mother|father|daughter|son|sister|brother|wife|husband|friend|neighbour";
const values: Readonly<Record<string, string>> = {
  job: jobs.join("|"),
  street: streets.join("|"),
  pet: pets.join("|"),
  food: foods.join("|"),
  [kin]: name,
};

/**
 * Every fact that a sentence can be read to state, by all wordings there are, and the sex that its
 * "her" or "his" gives the person: a reader that knows the wordings, but not how they were filled.
 */
function read(text: string): readonly (Fact & { readonly sex: string | undefined })[] {
  return Object.entries(values).flatMap(([about, value]) => {
    const { seen, heldOut } = wordingsOf(about.split("|")[0] as Fact["about"]);
    return [...seen, ...heldOut].flatMap((wording) => {
      const pattern = wording
        .replaceAll(".", "\\.")
        .replace("{n}", `(?<n>${name})`)
        .replace("{v}", `(?<v>${value})`)
        .replace("{a}", `(?:an (?=[aeiou])|a (?![aeiou]))(?<v>${value})`)
        .replace("{k}", `(?<k>${kin})`)
        .replace("{her}", "(?<her>her|his)");
      const { n, v, k, her } = new RegExp(`^${pattern}$`).exec(text)?.groups ?? {};
      if (n === undefined || v === undefined) return [];
      const sex = her && { her: "female", his: "male" }[her];
      return [{ person: n, about: (k ?? about) as Fact["about"], value: v, sex }];
    });
  });
}

function isFact({ facts }: Town, { person, about, value }: Fact): boolean {
  return facts.some((one) => one.person === person && one.about === about && one.value === value);
}

describe("statements", () => {
  test("state the fact they come with and no other, and it is true", () => {
    const sexOf = new Map(place.people.map((person) => [person.name, person.sex]));
    const distinct = new Map(many.map((said) => [said.text, said]));
    for (const { text, fact } of distinct.values()) {
      const meant = read(text);

      expect(
        meant.map(({ person, about, value }) => ({ person, about, value })),
        text,
      ).toEqual([fact]);
      expect(isFact(place, fact), text).toBe(true);
      expect([undefined, sexOf.get(fact.person)], text).toContain(meant[0]?.sex);
    }
    expect(distinct.size).toBe(place.facts.length * 8);
  });

  test("are as many as asked for, by default one for each fact", () => {
    expect(statements(place, { count: 0 })).toEqual([]);
    expect(statements(place, { count: 7 })).toHaveLength(7);
    const once = statements(place).map(({ fact }) => fact);
    expect(new Set(once)).toEqual(new Set(place.facts));
    expect(once).toHaveLength(place.facts.length);
  });

  test("say each fact in each of its eight wordings once in eight rounds", () => {
    const rounds = statements(place, { count: place.facts.length * 8 });

    expect(new Set(rounds.map(({ text }) => text)).size).toBe(rounds.length);
  });

  test("use all wordings evenly, also in the first round", () => {
    const shares = (
      said: readonly Statement[],
      kind: (fact: Fact) => boolean,
    ): readonly number[] => {
      const mine = said.filter(({ fact }) => kind(fact));
      const counts = new Map<string, number>();
      for (const { wording } of mine) counts.set(wording, (counts.get(wording) ?? 0) + 1);
      return [...counts.values()].map((count) => count / mine.length);
    };
    for (const kind of [
      ({ about }: Fact) => about === "job",
      ({ about }: Fact) => about === "street",
      ({ about }: Fact) => about === "pet",
      ({ about }: Fact) => about === "food",
      ({ about }: Fact) => kin.split("|").includes(about),
    ]) {
      const long = shares(many, kind);
      expect(long).toHaveLength(8);
      for (const share of long) expect(share).toBeCloseTo(1 / 8, 2);
      const short = shares(statements(place), kind);
      expect(short).toHaveLength(8);
      for (const share of short) expect(Math.abs(share - 1 / 8)).toBeLessThan(0.1);
    }
  });

  test("are others for another seed or another town", () => {
    const text = (seed: number, other = place): string =>
      statements(other, { count: 100, seed })
        .map((said) => said.text)
        .join("\n");

    expect(text(1)).toBe(text(1));
    expect(text(2)).not.toBe(text(1));
    expect(text(1, town({ seed: 2 }))).not.toBe(text(1));
  });

  test("keep words, full stops and 's apart by one space, in lower case", () => {
    const odd = many.filter(({ text }) => !/^[a-z]+( ([a-z]+|'s|,))* \.$/.test(text));

    expect(odd).toEqual([]);
  });

  test("refuse what is no count or seed", () => {
    expect(() => statements(place, { count: -1 })).toThrow(
      new ConfigError(
        "statements: expected a whole number from 0 up as count, got -1; use one such as 1000",
      ),
    );
    expect(() => statements(place, { seed: 0.5 })).toThrow(
      new ConfigError(
        "statements: expected a whole number from 0 to 2^53 - 1 as seed, got 0.5; use one such as 1",
      ),
    );
  });
});

describe("held-out wordings", () => {
  const tests = statements(place, { count: place.facts.length * 2, wordings: "heldOut" });

  test("state true facts too, each fact in two more ways", () => {
    expect(new Set(tests.map(({ text }) => text)).size).toBe(place.facts.length * 2);
    for (const { text, fact } of tests) {
      expect(read(text), text).toMatchObject([fact]);
      expect(isFact(place, fact), text).toBe(true);
    }
  });

  test("occur in no other statement", () => {
    const learned = new Set(many.map(({ text }) => text));

    expect(tests.filter(({ text }) => learned.has(text))).toEqual([]);
  });

  test("have no word that other statements lack", () => {
    const known = new Set(many.flatMap(({ text }) => text.split(" ")));

    expect(tests.flatMap(({ text }) => text.split(" ")).filter((word) => !known.has(word))).toEqual(
      [],
    );
  });
});
