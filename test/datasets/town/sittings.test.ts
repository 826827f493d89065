import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import {
  choiceTexts,
  connectorForms,
  connectors,
  isHeldOutSitting,
  seats,
  sittingTexts,
  sittingWords,
} from "../../../datasets/town/sittings.ts";
import { men, women } from "../../../datasets/town/names.ts";
import {
  colours,
  foods,
  jobs,
  pets,
  places,
  streets,
  things,
} from "../../../datasets/town/words.ts";
import { ConfigError } from "../../../src/core/errors.ts";

const texts = sittingTexts({ count: 2000 });
const clausesOf = (text: string): readonly string[] => text.split(/ while | and | but /);

describe("texts about animals on things", () => {
  test("say each sitting in its own clause: its animal, its connector with the, its thing", () => {
    for (const { text, sittings } of texts) {
      const clauses = clausesOf(text);

      expect(clauses).toHaveLength(2);
      sittings.forEach(({ animal, connector, seat }, i) => {
        const clause = ` ${clauses[i] as string} `;
        expect(clause).toContain(` ${animal} `);
        expect(clause).toContain(` ${connector} the ${seat} `);
        expect(clause.split(" ").filter((word) => pets.includes(word))).toEqual([animal]);
        expect(clause.split(" ").filter((word) => seats.includes(word))).toEqual([seat]);
      });
    }
  });

  test("put the thing next to the animal and far from it, before it and behind it", () => {
    const distances = texts.flatMap(({ text, sittings }) => {
      const words = text.split(" ");
      return sittings.map(({ animal, seat }) => words.indexOf(seat) - words.indexOf(animal));
    });

    expect(Math.max(...distances)).toBe(12);
    expect(Math.min(...distances)).toBe(-3);
    expect(Math.min(...distances.map(Math.abs))).toBe(2);
    const before = distances.filter((distance) => distance < 0).length / distances.length;
    expect(before).toBeCloseTo(1 / 4, 1);
  });

  test("use animals, things and connectors evenly", () => {
    const share = (is: (one: { animal: string; seat: string; connector: string }) => boolean) =>
      texts.flatMap(({ sittings }) => sittings).filter(is).length / (2 * texts.length);
    for (const word of pets) expect(share(({ animal }) => animal === word) * 12).toBeCloseTo(1, 0);
    for (const word of seats) expect(share(({ seat }) => seat === word) * 12).toBeCloseTo(1, 0);
    for (const word of connectors)
      expect(share(({ connector }) => connector === word) * 5).toBeCloseTo(1, 0);
  });

  test("never have a pair that is held out, and held-out texts have no other", () => {
    const heldOut = sittingTexts({ count: 500, pairs: "heldOut" });

    expect(texts.flatMap(({ sittings }) => sittings).filter(isHeldOutSitting)).toEqual([]);
    expect(heldOut.flatMap(({ sittings }) => sittings).every(isHeldOutSitting)).toBe(true);
    expect(isHeldOutSitting({ animal: "cat", seat: "mat" })).toBe(true);
    const pairs = pets.flatMap((animal) => seats.map((seat) => ({ animal, seat })));
    expect(pairs.filter(isHeldOutSitting)).toHaveLength(24);
  });

  test("have one animal where one is asked for, and are as many as asked for", () => {
    const single = sittingTexts({ count: 20, animals: 1 });

    expect(single).toHaveLength(20);
    for (const { text, sittings } of single) {
      expect(clausesOf(text)).toHaveLength(1);
      expect(sittings).toHaveLength(1);
    }
    expect(sittingTexts()).toHaveLength(1000);
  });

  test("are the same for a seed and others for another", () => {
    const all = (seed: number): string =>
      sittingTexts({ count: 50, seed })
        .map(({ text }) => text)
        .join("\n");

    expect(all(1)).toBe(all(1));
    expect(all(2)).not.toBe(all(1));
  });

  test("are made of the words of the vocabulary, and all of these occur", () => {
    const used = new Set(
      [...texts, ...choiceTexts({ count: 1000 })].flatMap(({ text }) => text.split(" ")),
    );

    expect([...used].sort()).toEqual(sittingWords());
  });

  test("have things that are no other kind of word", () => {
    const others = [jobs, streets, pets, foods, places, things, colours, men, women].flat();

    expect(seats.filter((word) => others.includes(word))).toEqual([]);
    expect(new Set(seats).size).toBe(12);
  });

  test("refuse what is no count or seed", () => {
    expect(() => sittingTexts({ count: -1 })).toThrow(
      new ConfigError(
        "sittingTexts: expected a whole number from 0 up as count, got -1; use one such as 1000",
      ),
    );
    expect(() => choiceTexts({ count: 0.5 })).toThrow(
      new ConfigError(
        "choiceTexts: expected a whole number from 0 up as count, got 0.5; use one such as 1000",
      ),
    );
    expect(() => sittingTexts({ seed: -1 })).toThrow(
      new ConfigError(
        "sittings: expected a whole number from 0 to 2^53 - 1 as seed, got -1; use one such as 1",
      ),
    );
  });
});

describe("texts with two things", () => {
  test("say with on which of them it is, first in half of them", () => {
    const choices = choiceTexts({ count: 1000 });
    const first = choices.filter(({ text, sittings }) => {
      const words = text.split(" ");
      const two = words.filter((word) => seats.includes(word));
      const { seat = "" } = sittings[0] ?? {};

      expect(text).toContain(` on the ${seat} `);
      expect(words.filter((word) => word === "on")).toHaveLength(1);
      expect(new Set(two).size).toBe(2);
      return two[0] === seat;
    });
    expect(first.length / choices.length).toBeCloseTo(1 / 2, 1);
  });
});

test("the README shows the first text of seed 1", () => {
  const readme = readFileSync(new URL("../../../datasets/town/README.md", import.meta.url), "utf8");
  const [first] = sittingTexts({ count: 1, seed: 1 });

  expect(readme).toContain(`sat.text; // "${first!.text}"`);
  expect(first!.sittings[0]).toEqual({ animal: "goat", connector: "behind", seat: "mat" });
});

test("the four forms of a sentence differ in on the alone", () => {
  expect(connectorForms({ animal: "cat", seat: "mat" })).toEqual({
    there: "the cat sat on the mat .",
    removed: "the cat sat mat .",
    replaced: "the cat sat beside the mat .",
    moved: "on the the cat sat mat .",
  });
});
