import { describe, expect, test } from "vitest";

import { afinnWords } from "../../../datasets/afinn/words.ts";
import { statedSizes } from "../stated-sizes.ts";

describe("afinnWords", () => {
  test("scores good words above 0, bad ones below, and no other word at all", () => {
    const scores = afinnWords();

    expect(scores.get("breathtaking")).toBe(5);
    expect(scores.get("joy")).toBe(3);
    expect(scores.get("abandon")).toBe(-2);
    expect(scores.get("not good")).toBe(-2);
    expect(scores.get("table")).toBeUndefined();
  });

  test("has whole numbers from -5 to 5, each of them", () => {
    const values = [...new Set(afinnWords().values())].sort((a, b) => a - b);

    expect(values).toEqual([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5]);
  });

  test("has the sizes that the data set's README states", () => {
    const words = [...afinnWords()];

    expect(statedSizes("afinn")).toEqual([
      words.length,
      words.filter(([word]) => word.includes(" ")).length,
      words.filter(([, score]) => score > 0).length,
      words.filter(([, score]) => score < 0).length,
      words.filter(([, score]) => score === 0).length,
    ]);
  });

  test("reads the disk once", () => {
    expect(afinnWords()).toBe(afinnWords());
  });
});
