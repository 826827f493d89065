import { beforeAll, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { guesses, HIDDEN, hideWords, OTHER } from "../../src/experiments/blanks.ts";
import { Looker, type Example } from "../../src/experiments/looking.ts";

beforeAll(() => useEngine());

const asked = ({ words, answers }: Example): readonly string[] =>
  words.flatMap((word, t) => (answers[t] === undefined ? [] : [`${word}: ${answers[t]}`]));

test("a hidden word is covered and asked for, and is never a rare one", () => {
  const examples = hideWords([["we", OTHER, "peace"]], { count: 200, seed: 1 });
  const kinds = new Set(examples.map((example) => asked(example).join()));

  expect(kinds).toEqual(new Set([`${HIDDEN}: we`, `${HIDDEN}: peace`]));
  expect(examples.every(({ words }) => words.filter((word) => word === HIDDEN).length === 1)).toBe(
    true,
  );
});

test("guesses are the vocabulary's best words for the gap, rare words of the text left out", () => {
  const looker = new Looker({ words: ["we", "peace", OTHER, HIDDEN, "."], channels: 8, seed: 1 });
  const logits = looker.logitsOf([[OTHER, HIDDEN, "peace"]])[0]![1]!;
  const best = looker.config.words[logits.indexOf(Math.max(...logits))];

  expect(guesses(looker, "whales ? peace", { count: 2 })[0]).toBe(best);
  expect(guesses(looker, "whales ? peace", { count: 2 })).toHaveLength(2);
  looker.dispose();
});
