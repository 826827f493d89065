import { expect, test } from "vitest";

import { bookByCharacters } from "../../src/experiments/book-gpt.ts";
import {
  heldOutRows,
  knownWords,
  pairsRows,
  realWords,
  recited,
  repeated,
} from "../../src/experiments/real-words.ts";

const text = "The white whale swam. ".repeat(100) + "A boat! ".repeat(10);
const book = bookByCharacters(text);

test("known are the words of three letters or more in the part that is learned from", () => {
  expect([...knownWords(book)].sort()).toEqual(["swam", "the", "whale", "white"]);
  expect(book.tokenizer.decode(book.validation)).toContain("boat");
});

test("real words are counted without their case, short ones and the cut-off last one left out", () => {
  // Counted: THE, whale, xqz, of which two are known; "a" is short, "swa" is cut off.
  expect(realWords(["THE whale a xqz swa"], knownWords(book))).toBeCloseTo(2 / 3, 12);
  expect(realWords([""], knownWords(book))).toBe(0);
});

test("a stretch is repeated when it occurred earlier in the same row, not in another", () => {
  const twenty = "abcdefghijklmnopqrst";

  expect(repeated([twenty, twenty])).toBe(0);
  // 21 stretches in 40 characters: only the last is there a second time.
  expect(repeated([twenty + twenty])).toBeCloseTo(1 / 21, 12);
  expect(repeated(["a".repeat(40)])).toBeCloseTo(20 / 21, 12);
});

test("recited is what stands letter for letter in the part that is learned from", () => {
  expect(recited(["The white whale swam. The white"], book)).toBe(1);
  expect(recited(["A boat! A boat! A boat!"], book)).toBe(0);
  // 2 stretches of 20 in 21 characters; the first is known.
  expect(recited(["The white whale swam?"], book)).toBe(1 / 2);
});

test("counted pairs write eight rows from the seed, and the held-out part gives eight as long", () => {
  const whole = bookByCharacters();
  const rows = pairsRows(whole, { seed: 1 });

  expect(rows.map((row) => row.length)).toEqual(Array<number>(8).fill(400));
  expect(new Set(rows).size).toBe(8);
  expect(pairsRows(whole, { seed: 1 })).toEqual(rows);
  expect(pairsRows(whole, { seed: 2 })).not.toEqual(rows);
  expect(heldOutRows(whole).map((row) => row.length)).toEqual(Array<number>(8).fill(400));
  expect(recited(heldOutRows(whole), whole)).toBeLessThan(0.02);
});
