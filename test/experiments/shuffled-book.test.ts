import { expect, test } from "vitest";

import { entropy, shuffledCorpus } from "../../src/experiments/shuffled-book.ts";

const train = Int32Array.from({ length: 90 }, (_, i) => i % 3);
const validation = Int32Array.from({ length: 10 }, () => 3);

test("shuffling keeps the characters of each part, and changes their order by the seed", () => {
  const shuffled = shuffledCorpus({ train, validation }, { seed: 1 });

  expect(shuffled.train).not.toEqual(train);
  expect([...shuffled.train].sort()).toEqual([...train].sort());
  expect(shuffled.validation).toEqual(validation);
  expect(shuffledCorpus({ train, validation }, { seed: 1 })).toEqual(shuffled);
  expect(shuffledCorpus({ train, validation }, { seed: 2 })).not.toEqual(shuffled);
});

test("the entropy is the loss of knowing how common each character is", () => {
  expect(entropy(train)).toBeCloseTo(Math.log(3), 12);
  expect(entropy(validation)).toBe(0);
  // 1/4 and 3/4
  expect(entropy(Int32Array.of(0, 1, 1, 1))).toBeCloseTo(
    -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75)),
    12,
  );
});
