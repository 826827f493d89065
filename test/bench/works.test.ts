import { expect, test } from "vitest";

import { timeWorks } from "../../src/bench/works.ts";
import type { Work } from "../../src/bench/works.ts";

test("each work is prepared when its turn comes, timed, and reported with its findings", async () => {
  const events: string[] = [];
  const work = (name: string, ours: number, theirs: number): Work => ({
    name,
    seconds: 1,
    prepare() {
      events.push(`prepare ${name}`);
      const side = (who: string, seconds: number) => ({
        name: who,
        round: () => (events.push(`${who} ${name}`), seconds),
      });
      return {
        amount: 12,
        unit: "MB",
        ours: side("ours", ours),
        theirs: side("theirs", theirs),
        findings: [`${name} is equal`],
      };
    },
  });
  const progress: string[] = [];

  const comparisons = await timeWorks([work("x", 1, 2), work("y", 3, 4)], {
    rounds: 2,
    onProgress: (done, what) => progress.push(`${what} ${done.toFixed(3)}`),
  });

  expect(events).toEqual([
    ...["prepare x", "ours x", "theirs x", "theirs x", "ours x"],
    ...["prepare y", "ours y", "theirs y", "theirs y", "ours y"],
  ]);
  expect(comparisons).toEqual([
    {
      work: "x",
      amount: 12,
      unit: "MB",
      ours: { name: "ours", seconds: [1, 1] },
      theirs: { name: "theirs", seconds: [2, 2] },
      findings: ["x is equal"],
    },
    {
      work: "y",
      amount: 12,
      unit: "MB",
      ours: { name: "ours", seconds: [3, 3] },
      theirs: { name: "theirs", seconds: [4, 4] },
      findings: ["y is equal"],
    },
  ]);
  // Two works of 3 s: a preparation and two rounds each.
  expect(progress).toEqual([
    ...["x 0.000", "x 0.250", "x 0.333", "x 0.417", "x 0.500"],
    ...["y 0.500", "y 0.750", "y 0.833", "y 0.917", "y 1.000"],
  ]);
});
