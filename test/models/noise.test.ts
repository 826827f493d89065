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
    const chances = noiseChances([500, 60, 60, 7, 1]);
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
  it("follow xoshiro128** from a known state", () => {
    const random = new QuickRandom(1);
    random.state.set([1, 2, 3, 4]);
    // rotl(2 · 5, 7) · 9 = 1280 · 9; then by hand s = (7, 0, 1026, 12288), and rotl(0, 7) · 9 = 0.
    expect([random.word(), random.word()]).toEqual([11520, 0]);
    // s = (12295, 1029, 1029, rotl(12288, 11) …): only s1 is read. 1029 would need 5 · 1029 = 5145 turned by 7, times 9.
    expect(random.word()).toBe(5_927_040);
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
