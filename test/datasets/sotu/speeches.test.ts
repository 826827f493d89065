import { describe, expect, test } from "vitest";

import { speeches, speechesText } from "../../../datasets/sotu/speeches.ts";
import { statedSizes } from "../stated-sizes.ts";

describe("speeches", () => {
  test("begins with Washington's of 1790 and ends with Biden's of 2021", () => {
    const [first, last] = [speeches()[0], speeches().at(-1)];

    expect(first).toMatchObject({ year: 1790, president: "George Washington", party: "none" });
    expect(first?.text.startsWith("Fellow-Citizens of the Senate and House")).toBe(true);
    expect(last).toMatchObject({ year: 2021, president: "Joseph R Biden", party: "Democratic" });
  });

  test("has one speech a year but none in 1933 and two in 1953 and 1961", () => {
    const every = Array.from({ length: 2021 - 1790 + 1 }, (_, i) => 1790 + i);
    const expected = every.filter((year) => year !== 1933).concat(1953, 1961);

    expect(speeches().map(({ year }) => year)).toEqual(expected.sort((a, b) => a - b));
  });

  test("has no empty speech", () => {
    for (const { year, text } of speeches()) {
      expect(text.length, `${year}`).toBeGreaterThan(5000);
    }
  });

  test("reads the disk once", () => {
    expect(speeches()).toBe(speeches());
  });
});

describe("speechesText", () => {
  test("has the sizes that the data set's README states", () => {
    const text = speechesText();

    expect(statedSizes("sotu")).toEqual([
      speeches().length,
      new Set(speeches().map(({ president }) => president)).size,
      text.length,
      Buffer.byteLength(text),
      text.match(/\p{Letter}/gu)?.length,
      text.split(/\s+/).length,
      new Set(text).size,
    ]);
  });

  test("separates two speeches by one empty line", () => {
    expect(speechesText().split("\n\n")).toHaveLength(233);
  });
});
