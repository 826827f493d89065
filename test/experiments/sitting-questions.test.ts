import { expect, test } from "vitest";

import { sittingTexts } from "../../datasets/town/sittings.ts";
import type { Example } from "../../src/experiments/looking.ts";
import {
  askAnimals,
  askNext,
  askNonsense,
  askWhere,
} from "../../src/experiments/sitting-questions.ts";

const said = {
  text: "a cat sat on the box and the dog lay under the bed .",
  sittings: [
    { animal: "cat", connector: "on", seat: "box" },
    { animal: "dog", connector: "under", seat: "bed" },
  ],
};
const asked = ({ words, answers }: Example): readonly string[] =>
  words.flatMap((word, t) => (answers[t] === undefined ? [] : [`${word}: ${answers[t]}`]));

test("where is asked at animals and things, next at all but the last", () => {
  expect(asked(askWhere(said))).toEqual(["cat: box", "box: cat", "dog: bed", "bed: dog"]);
  expect(asked(askAnimals(said))).toEqual(["cat: box", "dog: bed"]);
  expect(asked(askNext(said)).slice(-2)).toEqual(["the: bed", "bed: ."]);
  expect(asked(askNext(said))).toHaveLength(said.text.split(" ").length - 1);
});

test("nonsense asks the same places for words of the right kind that have nothing to do with the text", () => {
  const texts = sittingTexts({ count: 800 });
  const nonsense = askNonsense(texts, { seed: 1 });
  const marks = texts.map(askWhere).flatMap(({ answers }, b) =>
    answers.flatMap((answer, t) => {
      const drawn = nonsense[b]!.answers[t];
      expect(drawn === undefined).toBe(answer === undefined);
      return answer === undefined ? [] : [drawn === answer];
    }),
  );
  expect(marks.filter((right) => right).length / marks.length).toBeCloseTo(1 / 12, 2);
});
