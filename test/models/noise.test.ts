import { describe, expect, it } from "vitest";

import { quickSigmoid, quickSurprise, sigmoid, surprise } from "../../src/models/logistic.ts";
import { noiseChances, NoiseTable } from "../../src/models/noise-table.ts";
import { QuickRandom } from "../../src/models/quick-random.ts";
import { keepChances } from "../../src/models/sub-sampling.ts";

describe("noise words", () => {
  it("have chances in the ratio of their counts to the power of 0.75", () => {
    const [rare, frequent] = noiseChances([1, 10_000]) as unknown as [number, number];
    expect(frequent / rare).toBeCloseTo(1000, 6);
    expect(rare + frequent).toBeCloseTo(1, 12);
  });

  it("are drawn with just these chances, from a table of equal columns", () => {
    const chances = noiseChances([500, 400, 60, 7, 1]);
    const table = new NoiseTable(chances);
    // Evenly spread words stand for all 2^32: each id's share is its chance, to one grid step a column.
    const draws = 100_000;
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < draws; i++) counts[table.at(Math.floor((i * 2 ** 32) / draws))]! += 1;
    counts.forEach((count, id) => expect(count / draws).toBeCloseTo(chances[id]!, 4));
  });

  it("never fall outside the table", () => {
    const table = new NoiseTable(noiseChances([3, 2, 1]));
    expect([0, 1, 2]).toContain(table.at(2 ** 32 - 1));
  });
});

describe("sub-sampling", () => {
  it("keeps a word of share f with (√(f / t) + 1) t / f, and rare ones always", () => {
    // f = 0.9 and 0.1 with t = 0.1: (3 + 1) / 9, and (1 + 1) · 1 → 1.
    const [frequent, rare] = keepChances([90, 10], { sample: 0.1 }) as unknown as [number, number];
    expect(frequent).toBeCloseTo(4 / 9, 12);
    expect(rare).toBe(1);
    expect([...keepChances([90, 10], { sample: 0 })]).toEqual([1, 1]);
  });
});

describe("tables of the logistic curve", () => {
  it("are the curve to 1e-6, and end where it has as good as ended", () => {
    for (let x = -16; x <= 16; x += 0.0137) {
      expect(Math.abs(quickSigmoid(x) - sigmoid(x))).toBeLessThan(1e-6);
      expect(Math.abs(quickSurprise(x) - surprise(x))).toBeLessThan(2e-6);
    }
    expect(quickSigmoid(1000)).toBeCloseTo(1, 6);
    expect(quickSigmoid(-1000)).toBeCloseTo(0, 6);
    expect(surprise(-1000)).toBe(1000);
  });
});

describe("quick random words", () => {
  it("are those of xoshiro128starstar.c, version 1.1, from the state 1, 2, 3, 4", () => {
    const random = new QuickRandom(1);
    random.state.set([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => random.word())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ]);
  });

  it("are uniform from 0 to 1", () => {
    const random = new QuickRandom(3);
    const n = 100_000;
    let [sum, squares] = [0, 0];
    for (let i = 0; i < n; i++) {
      const value = random.uniform();
      sum += value;
      squares += value * value;
    }
    // Four standard errors: 4 √(1/12/n) = 0.0037; of the squares 4 √(4/45/n) = 0.0038.
    expect(Math.abs(sum / n - 1 / 2)).toBeLessThan(0.0037);
    expect(Math.abs(squares / n - 1 / 3)).toBeLessThan(0.0038);
  });
});
