import { expect, it } from "vitest";

import { editDistance, nearSpellings } from "../../src/core/spelling.ts";

it("counts insertions, deletions and replacements", () => {
  expect(editDistance("kitten", "sitting")).toBe(3); // the textbook's pair
  expect(editDistance("", "abc")).toBe(3);
  expect(editDistance("same", "same")).toBe(0);
});

it("suggests the nearest words first, none more than two letters away", () => {
  const words = ["whales", "whole", "wheel", "ship", "whale"];
  expect(nearSpellings("wale", words)).toEqual(["whale", "whales", "whole"]);
  expect(nearSpellings("wale", words, { count: 1 })).toEqual(["whale"]);
  expect(nearSpellings("zzzzzz", words)).toEqual([]);
});
