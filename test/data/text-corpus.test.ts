import { expect, test } from "vitest";

import { textCorpus } from "../../src/data/text-corpus.ts";
import { BytePairTokenizer } from "../../src/text/byte-pair-tokenizer.ts";
import { trainBytePairs } from "../../src/text/byte-pair-training.ts";
import { CharacterTokenizer } from "../../src/text/characters.ts";

test("the ids of all characters, the last tenth held out", async () => {
  const { train, validation, tokenizer } = await textCorpus({ name: "t", text: "abcabcabcb" });

  expect([...train]).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
  expect([...validation]).toEqual([1]);
  expect(tokenizer.vocabulary).toBe(3);
});

/** Compared at once: an expectation for each id takes seconds. */
function bytesOf(ids: Int32Array): Uint8Array {
  return new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength);
}

// Long enough to be encoded in parts; none of them may end within 😀, which is two UTF-16 units.
const LONG = "😀 it's".repeat(45_000);

test.each([
  ["characters", () => new CharacterTokenizer(LONG)],
  [
    "byte pairs",
    () => new BytePairTokenizer(trainBytePairs([LONG], { vocabulary: 260, pattern: "gpt2" })),
  ],
])("a long text has the ids that it has as a whole: %s", async (_, make) => {
  const tokenizer = make();
  const parts: number[] = [];
  const onProgress = (part: number): number => parts.push(part);
  const corpus = await textCorpus({ name: "t", text: LONG }, { tokenizer, onProgress });
  const whole = Int32Array.from(tokenizer.encode(LONG));
  const [head, tail] = [
    whole.subarray(0, corpus.train.length),
    whole.subarray(corpus.train.length),
  ];

  expect(corpus.validation).toHaveLength(tail.length);
  expect(Buffer.compare(bytesOf(corpus.train), bytesOf(head))).toBe(0);
  expect(Buffer.compare(bytesOf(corpus.validation), bytesOf(tail))).toBe(0);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.at(-1)).toBe(1);
});

test.each([
  ["a", 65, "got 1 to learn from and 0 held out"],
  ["ab".repeat(50), 65, "got 90 to learn from and 10 held out"],
])("a text too short for a part is refused", async (text, least, got) => {
  await expect(textCorpus({ name: "t.txt", text }, { least })).rejects.toThrow(
    `t.txt: expected at least 65 tokens in each part, a context and the token after it, ${got}; take a longer text or a smaller context`,
  );
});

test("a character that the tokenizer has not is refused", async () => {
  const tokenizer = new CharacterTokenizer("ab");

  await expect(textCorpus({ name: "t", text: "abc" }, { tokenizer })).rejects.toThrow(
    'CharacterTokenizer: expected characters of the text it was made from, got "c" (U+0063); make it from a text that has them all',
  );
});
