import { describe, expect, test } from "vitest";

import { femaleNames, maleNames } from "../../../datasets/first-names/names.ts";
import { statedSizes } from "../stated-sizes.ts";

describe("femaleNames and maleNames", () => {
  test("go from A to Z, each name once", () => {
    for (const names of [femaleNames(), maleNames()]) {
      expect(new Set(names).size).toBe(names.length);
    }
    expect([femaleNames()[0], femaleNames().at(-1)]).toEqual(["Aaren", "Zuzana"]);
    expect([maleNames()[0], maleNames().at(-1)]).toEqual(["Aaron", "Zolly"]);
  });

  test("tell women's names from men's", () => {
    expect(femaleNames()).toEqual(expect.arrayContaining(["Anna", "Kate"]));
    expect(maleNames()).toEqual(expect.arrayContaining(["Hugo", "Tom"]));
    expect(femaleNames()).not.toContain("Tom");
    expect(maleNames()).not.toContain("Kate");
  });

  test("have the sizes that the data set's README states", () => {
    const lengths = [...femaleNames(), ...maleNames()].map((name) => name.replace("-", "").length);

    expect(statedSizes("first-names")).toEqual([
      femaleNames().length,
      maleNames().length,
      femaleNames().filter((name) => maleNames().includes(name)).length,
      Math.min(...lengths),
      Math.max(...lengths),
    ]);
  });

  test("read the disk once", () => {
    expect(femaleNames()).toBe(femaleNames());
    expect(maleNames()).toBe(maleNames());
  });
});
