import { expect, test } from "vitest";

import { humanRights, humanRightsLanguages } from "../../../datasets/human-rights/articles.ts";

test("the declaration has its thirty articles, in English and in Chinese", () => {
  const [english, chinese] = [humanRights("eng"), humanRights("cmn_hans")];
  expect([english.length, chinese.length]).toEqual([30, 30]);
  // Article 4 is about slavery in both, so the articles stand in the same order.
  expect(english[3]).toBe(
    "No one shall be held in slavery or servitude; slavery and the slave trade shall be prohibited in all their forms.",
  );
  expect(chinese[3]).toContain("奴");
});

test("an article that is a list keeps each item on a line of its own, without headings", () => {
  expect(humanRights("eng")[12]).toBe(
    "Everyone has the right to freedom of movement and residence within the borders of each State.\n" +
      "Everyone has the right to leave any country, including his own, and to return to his country.",
  );
});

test("HTML entities and tags do not reach the text", () => {
  for (const code of ["eng", "fra", "cmn_hans", "hin", "arb"]) {
    expect(humanRights(code).join("\n")).not.toMatch(/<[a-z]|&[a-z#]\w*;/);
  }
});

test("nearly all of the languages are complete, and the others say what they lack", () => {
  const languages = humanRightsLanguages();
  const complete = languages.filter(({ code }) => {
    try {
      return humanRights(code).length === 30;
    } catch {
      return false;
    }
  });
  expect([languages.length, complete.length]).toEqual([532, 521]);
  expect(() => humanRights("chv")).toThrow(
    'humanRights: expected 30 articles in "chv", got 19; take a complete translation',
  );
});

test("an unknown code is named, with codes that exist", () => {
  expect(() => humanRights("en")).toThrow(
    'humanRights: expected a code of humanRightsLanguages(), got "en"; for example eng, cmn_hans, spa, hin',
  );
});
