import { expect, test } from "vitest";

import { visible, visibleName } from "../../src/plot/visible.ts";

test("spaces, tabs and line breaks get signs, unseen letters their numbers", () => {
  expect([" the", "a\tb\n", "\u0000", "e\u200Bf", "标记"].map(visible)).toEqual([
    "␣the",
    "a⇥b⏎",
    "<00>",
    "e<200B>f",
    "标记",
  ]);
});

test("a name changes only where something would get lost", () => {
  expect(["New York", " York", "a\nb"].map(visibleName)).toEqual(["New York", "␣York", "a⏎b"]);
});
