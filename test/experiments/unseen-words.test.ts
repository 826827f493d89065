import { expect, test } from "vitest";

import { experiment, unseenWords } from "../../src/experiments/unseen-words.ts";

test("counts words as they come and different words, without their case", () => {
  // Held: the whale saw a boat, the whale dived = 8 words, of them saw, a, boat, dived unseen; 6 kinds.
  const read = ["The white whale.", "One white ship"];
  const held = ["The whale saw a boat;", "the WHALE dived."];

  const { unseen, unseenKinds } = unseenWords(read, held);
  expect(unseen).toBe(4 / 8);
  expect(unseenKinds).toBe(4 / 6);
});

test("the same seed gives the same shares of the book, another seed others", async () => {
  const first = await experiment.run({ seed: 1 });

  expect(await experiment.run({ seed: 1 })).toEqual(first);
  expect((await experiment.run({ seed: 2 })).unseen).not.toBe(first.unseen);
});
