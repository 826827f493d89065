import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { heldOutPairs, isHeldOut } from "../../../datasets/town/events.ts";
import { statements } from "../../../datasets/town/statements.ts";
import { stories } from "../../../datasets/town/stories.ts";
import { town } from "../../../datasets/town/town.ts";
import { colours, deeds, places, things } from "../../../datasets/town/words.ts";
import { ConfigError } from "../../../src/core/errors.ts";
import { statedSizes } from "../stated-sizes.ts";

const place = town();
const told = stories(place, { count: 20_000 });
const all = [...told, ...statements(place, { count: 20_000 })].map(({ text }) => text);
const people = new Map(place.people.map((person) => [person.name, person]));

describe("stories", () => {
  test("tell their event: who, when, where, what was done to what", () => {
    for (const { text, event } of told) {
      const she = people.get(event.person)?.sex === "female" ? "she" : "he";
      const article = event.colour === "orange" ? "an" : "a";
      const [beginning] = text.split(" .");

      for (const words of [event.person, event.time, `the ${event.place}`]) {
        expect(` ${beginning} `, text).toContain(` ${words} `);
      }
      expect(text).toContain(` ${event.deed} ${article} ${event.colour} ${event.thing} `);
      expect(text).toMatch(new RegExp(`(^| )${she} ${event.deed} `));
    }
  });

  test("name nobody but the one and the bystanders, who are of the other sex", () => {
    for (const { text, event, bystanders } of told) {
      const named = text.split(" ").filter((word) => people.has(word));

      expect(named.sort(), text).toEqual([event.person, ...bystanders].sort());
      for (const other of bystanders) {
        expect(people.get(other)?.sex, text).not.toBe(people.get(event.person)?.sex);
      }
    }
    const alone = told.filter(({ bystanders }) => bystanders.length === 0);
    expect(alone.length / told.length).toBeCloseTo(1 / 2, 1);
  });

  test("use every word that they choose from evenly", () => {
    for (const [slot, words] of Object.entries({
      colour: colours,
      thing: things,
      place: places,
      deed: deeds,
    })) {
      for (const word of words) {
        const share =
          told.filter(({ event }) => event[slot as "colour"] === word).length / told.length;
        expect(share * words.length, word).toBeGreaterThan(0.85);
        expect(share * words.length, word).toBeLessThan(1.15);
      }
    }
  });

  test("keep words and full stops apart by one space, two to five sentences", () => {
    const odd = told.filter(({ text }) => !/^([a-z]+ )+\.( ([a-z]+ )+\.){1,4}$/.test(text));

    expect(odd).toEqual([]);
    expect(new Set(told.map(({ text }) => text.split(".").length - 1))).toEqual(
      new Set([2, 3, 4, 5]),
    );
  });

  test("are others for another seed or another town, and as many as asked for", () => {
    const text = (seed: number, other = place): string =>
      stories(other, { count: 50, seed })
        .map((story) => story.text)
        .join("\n");

    expect(text(1)).toBe(text(1));
    expect(text(2)).not.toBe(text(1));
    expect(text(1, town({ seed: 2 }))).not.toBe(text(1));
    expect(stories(place)).toHaveLength(1000);
    expect(() => stories(place, { count: 1.5 })).toThrow(
      new ConfigError(
        "stories: expected a whole number from 0 up as count, got 1.5; use one such as 1000",
      ),
    );
  });
});

describe("what is held out", () => {
  const words = new Set(all.flatMap((text) => text.split(" ")));
  const wordsOf = (texts: readonly { text: string }[]): ReadonlySet<string> =>
    new Set(texts.flatMap(({ text }) => text.split(" ")));

  test("strangers occur nowhere, visitors in stories alone, stated people in statements alone", () => {
    const [inStories, inStatements] = [
      wordsOf(told),
      wordsOf(statements(place, { count: 20_000 })),
    ];
    for (const { name, role } of place.people) {
      expect([name, inStatements.has(name), inStories.has(name)]).toEqual([
        name,
        role === "asked" || role === "stated",
        role === "asked" || role === "visitor",
      ]);
    }
  });

  test("held-out pairs stand in no text, though each colour and each thing does, with ten others", () => {
    const pairs = heldOutPairs();
    const corpus = all.join("\n");
    const found = pairs.filter(({ colour, thing }) => corpus.includes(`${colour} ${thing}`));

    expect(found).toEqual([]);
    expect(pairs).toHaveLength(24);
    for (const colour of colours) {
      expect(things.filter((thing) => corpus.includes(` ${colour} ${thing} `))).toHaveLength(10);
    }
    for (const thing of things) {
      expect(colours.filter((colour) => corpus.includes(` ${colour} ${thing} `))).toHaveLength(10);
      expect(colours.filter((colour) => isHeldOut({ colour, thing }))).toHaveLength(2);
    }
  });

  test("no word for a kind of thing is missing", () => {
    expect([...colours, ...things, ...places, ...deeds].filter((word) => !words.has(word))).toEqual(
      [],
    );
  });
});

describe("the text of seed 1", () => {
  const said = statements(place, { count: 10_000, seed: 1 });
  const tales = stories(place, { count: 10_000, seed: 1 });
  const sha256 = (texts: readonly { text: string }[]): string =>
    createHash("sha256")
      .update(texts.map(({ text }) => `${text}\n`).join(""))
      .digest("hex");

  test("is the same on every machine, byte for byte", () => {
    expect(sha256(said)).toBe("cf23d700d54ba5c173b07d7db996f56947f324a89ec6023d73939ba578815c6b");
    expect(sha256(tales)).toBe("790620d4b20c789fc4a65b03c037cc021ca0a06feaa7358b6418c6561719a49a");
  });

  test("is what the README shows and counts", () => {
    const readme = readFileSync(
      new URL("../../../datasets/town/README.md", import.meta.url),
      "utf8",
    );
    const count = (texts: readonly { text: string }[]): readonly string[] => {
      const words = texts.flatMap(({ text }) => text.split(" "));
      return [words.length.toLocaleString("en"), String(new Set(words).size)];
    };

    expect(statedSizes("town")).toEqual([100, 64, place.facts.length]);
    expect(readme).toContain(`"${said[0]?.text}"`);
    expect(readme).toContain(`"${tales[0]?.text}"`);
    expect(readme).toContain(count(said).join(" words, ") + " of them different");
    expect(readme).toContain(`stories have ${count(tales).join(" and ")}.`);
    for (const shown of [place.people[0], place.facts[0], said[0]?.fact]) {
      const literal = JSON.stringify(shown)
        .replace(/"(\w+)":/g, " $1: ")
        .replace(/,(?= )/g, ",");
      expect(readme).toContain(`// ${literal.replace("}", " }")}`);
    }
  });
});
