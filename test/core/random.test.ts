import { describe, expect, it } from "vitest";

import { philox, Random } from "../../src/core/random.ts";

const hex = (words: readonly number[]) => words.map((word) => word.toString(16).padStart(8, "0"));

describe("Philox-4x32-10", () => {
  // The known answers that Random123, the authors' own library, ships in examples/kat_vectors.
  it("gives the words that its authors publish", () => {
    const ones = 0xffffffff;
    expect(hex(philox([0, 0, 0, 0], [0, 0]))).toEqual([
      "6627e8d5",
      "e169c58d",
      "bc57ac4c",
      "9b00dbd8",
    ]);
    expect(hex(philox([ones, ones, ones, ones], [ones, ones]))).toEqual([
      "408f276d",
      "41c83b0e",
      "a20bc7c6",
      "6d5451fd",
    ]);
    const pi = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const;
    expect(hex(philox(pi, [0xa4093822, 0x299f31d0]))).toEqual([
      "d16cfe09",
      "94fdcceb",
      "5001e420",
      "24126ea1",
    ]);
  });
});

describe("a stream of random numbers", () => {
  const draw = (random: Random, count: number) =>
    Array.from({ length: count }, () => random.word());

  it("is the same for the same seed and another for another", () => {
    expect(draw(new Random(7), 20)).toEqual(draw(new Random(7), 20));
    expect(draw(new Random(7), 20)).not.toEqual(draw(new Random(8), 20));
    expect(draw(new Random(2 ** 40), 4)).not.toEqual(draw(new Random(2 ** 41), 4));
  });

  it("goes on from a stored position, also in the middle of a block", () => {
    const random = new Random(3);
    draw(random, 6);
    const { position } = random;
    const resumed = new Random(3);
    resumed.position = position;
    expect(draw(resumed, 10)).toEqual(draw(random, 10));
  });

  it("has uniform numbers with the mean and the variance of a uniform distribution", () => {
    const random = new Random(1);
    const n = 100_000;
    const values = Array.from({ length: n }, () => random.uniform());
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
    // Four standard errors: sqrt(1/12/n) = 0.0009, and sqrt(1/180/n) = 0.00024.
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.0037);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it("draws each whole number equally often", () => {
    const random = new Random(2);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 50_000; i++) counts[random.integer(5)]! += 1;
    // Four standard deviations of a count of 10,000: 4 sqrt(50000 · 0.2 · 0.8) = 358.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(358);
  });

  it("shuffles into every order equally often, and leaves its argument alone", () => {
    const random = new Random(4);
    const orders = new Map<string, number>();
    const items = ["a", "b", "c"];
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle(items).join("");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(items).toEqual(["a", "b", "c"]);
    expect(orders.size).toBe(6);
    // Four standard deviations: 4 sqrt(6000 · 1/6 · 5/6) = 115.
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(116);
  });

  it("refuses seeds and ranges that are no whole numbers", () => {
    expect(() => new Random(-1)).toThrow(
      "Random: expected a whole number from 0 to 2^53 - 1 as seed, got -1; use one such as 1",
    );
    expect(() => new Random(1).integer(0)).toThrow(
      "Random.integer: expected a whole number from 1 to 2^32, got 0; ask for at least one choice",
    );
  });
});
