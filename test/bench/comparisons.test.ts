import { expect, test } from "vitest";

import { compareWithEach } from "../../src/bench/comparisons.ts";

const side = (name: string) => ({ name, seconds: [1] });
const work = { work: "train", amount: 1, unit: "step", findings: ["found"] };

test("the first side stands beside each other, and what was found with the first of them", () => {
  const rows = compareWithEach([side("ours"), side("a"), side("b")], work);

  expect(rows.map(({ ours, theirs, findings }) => [ours.name, theirs?.name, findings])).toEqual([
    ["ours", "a", ["found"]],
    ["ours", "b", []],
  ]);
});

test("alone it has nobody beside it", () => {
  expect(compareWithEach([side("ours")], work)).toEqual([{ ...work, ours: side("ours") }]);
});
