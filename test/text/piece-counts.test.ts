import { expect, test } from "vitest";

import { mobyDick } from "../../datasets/moby-dick/chapters.ts";
import { PieceCounts } from "../../src/text/piece-counts.ts";

/** The counts of whole texts as pieces. */
function counted(pieces: readonly string[]): [string, number][] {
  const counts = new PieceCounts();
  for (const piece of pieces) counts.add(`<${piece}>`, 1, piece.length + 1);
  return [...counts.entries()];
}

test("every word of a book is there once, in order of first appearance, with its count", () => {
  const words = mobyDick().flatMap((chapter) => chapter.text.split(" "));
  const expected = new Map<string, number>();
  for (const word of words) expected.set(word, (expected.get(word) ?? 0) + 1);

  expect(counted(words)).toEqual([...expected]);
});

test("two words with the same hash stay two", () => {
  // Of the same length, and with the same 32-bit FNV-1a.
  expect(counted(["declinate", "macallums", "declinate"])).toEqual([
    ["declinate", 2],
    ["macallums", 1],
  ]);
});

test("halves of surrogate pairs are kept as they are", () => {
  expect(counted(["\ud83d", "🐋", "\ud83d"])).toEqual([
    ["\ud83d", 2],
    ["🐋", 1],
  ]);
});
