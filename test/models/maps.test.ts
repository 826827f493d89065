import { describe, expect, it } from "vitest";

import { Random } from "../../src/core/random.ts";
import { kMeans } from "../../src/models/k-means.ts";
import {
  keptNeighbours,
  mapGradient,
  neighbourMap,
  sharedChances,
} from "../../src/models/neighbour-map.ts";
import { principalComponents } from "../../src/models/principal-components.ts";
import { symmetricEigenvectors } from "../../src/models/symmetric-eigenvectors.ts";

const random = new Random(11);
const cloud = (n: number, C: number) =>
  Array.from({ length: n }, () => Array.from({ length: C }, () => random.uniform() - 0.5));
/** `count` points close to each of the corners of a simplex. */
const clumps = (groups: number, count: number) =>
  Array.from({ length: groups * count }, (_, i) =>
    Array.from({ length: groups }, (_, c) => (i % groups === c ? 5 : 0) + random.uniform() / 10),
  );

describe("eigenvectors of a symmetric matrix", () => {
  it("are those found by hand", () => {
    // (2 1; 1 2): 3 along (1, 1), 1 along (1, −1).
    const { values, vectors } = symmetricEigenvectors([
      [2, 1],
      [1, 2],
    ]);
    expect(values[0]).toBeCloseTo(3, 12);
    expect(values[1]).toBeCloseTo(1, 12);
    expect(vectors[0]![0]).toBeCloseTo(Math.SQRT1_2, 12);
    expect(vectors[0]![1]).toBeCloseTo(Math.SQRT1_2, 12);
    expect(vectors[1]![0]! * vectors[1]![1]!).toBeCloseTo(-0.5, 12);
  });

  it("are stretched by their values, and stand at right angles", () => {
    const half = cloud(9, 9);
    const matrix = half.map((row, i) => row.map((value, j) => value + half[j]![i]!));
    const { values, vectors } = symmetricEigenvectors(matrix);
    vectors.forEach((vector, k) => {
      matrix.forEach((row, i) => {
        const image = row.reduce((sum, value, j) => sum + value * vector[j]!, 0);
        expect(image).toBeCloseTo(values[k]! * vector[i]!, 10);
      });
      vectors.forEach((other, l) => {
        const product = vector.reduce((sum, value, j) => sum + value * other[j]!, 0);
        expect(product).toBeCloseTo(k === l ? 1 : 0, 10);
      });
    });
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
  });

  it("need a square", () => {
    expect(() => symmetricEigenvectors([[1, 2]])).toThrow(
      "symmetricEigenvectors: expected shape (1, 1), got a row of 2 numbers",
    );
  });
});

describe("principal components", () => {
  // Around (1, 2): along (1, 1) at ±2√2, across it at ±√2. Variances 2 · 8 / 3 and 2 · 2 / 3.
  const points = [
    [3, 4],
    [-1, 0],
    [2, 1],
    [0, 3],
  ];

  it("of four points are those found by hand", () => {
    const { mean, components, variances, shares, places } = principalComponents(points);
    expect([...mean]).toEqual([1, 2]);
    expect(components[0]![0]).toBeCloseTo(Math.SQRT1_2, 10);
    expect(components[0]![1]).toBeCloseTo(Math.SQRT1_2, 10);
    expect(variances[0]).toBeCloseTo(16 / 3, 10);
    expect(variances[1]).toBeCloseTo(4 / 3, 10);
    expect(shares[0]).toBeCloseTo(0.8, 10);
    expect(places[0]![0]).toBeCloseTo(2 * Math.SQRT2, 10);
    expect(Math.abs(places[2]![1]!)).toBeCloseTo(Math.SQRT2, 10);
  });

  it("keep what was asked for and refuse the rest", () => {
    expect(principalComponents(points, { count: 1 }).places[0]).toHaveLength(1);
    expect(() => principalComponents(points, { count: 3 })).toThrow(
      "principalComponents: expected a count from 1 to 2, got 3; points of 2 numbers have no more",
    );
    expect(() => principalComponents([[1, 2]])).toThrow(
      "principalComponents: expected two or more points of one length, got 1 points",
    );
    expect(() => principalComponents([[1, 2], [1]])).toThrow(
      "principalComponents: expected two or more points of one length, got points of 2 and of 1 numbers",
    );
  });
});

describe("k-means", () => {
  it("finds planted groups, whatever the seed", () => {
    const points = clumps(5, 12);
    for (const seed of [1, 2, 3, 4, 5]) {
      const { groupOf, spread, middles } = kMeans(points, { groups: 5, seed });
      points.forEach((_, i) => expect(groupOf[i]).toBe(groupOf[i % 5]));
      expect(new Set(groupOf).size).toBe(5);
      expect(spread).toBeLessThan(0.02);
      expect(middles[groupOf[0]!]![0]).toBeCloseTo(5.05, 1);
    }
  });

  it("ends with each point at the nearest mean, as by hand", () => {
    const points = [[0], [10], [1], [11], [2], [12]];
    for (const seed of [1, 2, 3, 4]) {
      const { middles, spread } = kMeans(points, { groups: 2, seed });
      expect(middles.map(([middle]) => middle).sort((a, b) => a! - b!)).toEqual([1, 11]);
      expect(spread).toBeCloseTo((1 + 0 + 1 + 1 + 0 + 1) / 6, 12);
    }
  });

  it("is the same for the same seed, and works with points that are all equal", () => {
    const points = cloud(60, 3);
    expect(kMeans(points, { groups: 4, seed: 1 })).toEqual(kMeans(points, { groups: 4, seed: 1 }));
    const equal = Array.from({ length: 4 }, () => [1, 1]);
    expect(kMeans(equal, { groups: 3, seed: 1 }).spread).toBe(0);
  });

  it("needs as many points as groups, of one length", () => {
    expect(() => kMeans([[1]], { groups: 2, seed: 1 })).toThrow(
      "kMeans: expected from 1 to 1 groups for 1 points, got 2",
    );
    expect(() => kMeans([[1], [1, 2]], { groups: 1, seed: 1 })).toThrow(
      "kMeans: expected points of one length, got some of 1 and some of 2 numbers",
    );
  });
});

describe("a map of neighbours", () => {
  it("keeps groups together that two principal components cannot part", async () => {
    const points = clumps(6, 10);
    const map = await neighbourMap(points, { perplexity: 8, steps: 250 });
    expect(keptNeighbours(points, map, { count: 9 })).toBeGreaterThan(0.75);
    map.forEach((place, i) => {
      const distance = (j: number) => Math.hypot(place[0]! - map[j]![0]!, place[1]! - map[j]![1]!);
      const others = map.map((_, j) => j).filter((j) => j !== i);
      const nearest = others.reduce((best, j) => (distance(j) < distance(best) ? j : best));
      expect(nearest % 6).toBe(i % 6);
    });
    expect(await neighbourMap(points, { perplexity: 8, steps: 250 })).toEqual(map);
  });

  it("moves along the gradient of the disagreement, as finite differences give it", () => {
    const wanted = sharedChances(cloud(8, 4), 2);
    const map = cloud(8, 2).map((place) => Float64Array.from(place));
    const disagreement = () => {
      const near = map.map((a) =>
        map.map((b) => (a === b ? 0 : 1 / (1 + (a[0]! - b[0]!) ** 2 + (a[1]! - b[1]!) ** 2))),
      );
      const total = near.flat().reduce((sum, value) => sum + value, 0);
      let sum = 0;
      wanted.forEach((row, i) =>
        row.forEach((p, j) => (sum += p > 0 ? p * Math.log(p / (near[i]![j]! / total)) : 0)),
      );
      return sum;
    };
    const gradient = mapGradient(map, wanted, 1);
    const h = 1e-5;
    map.forEach((place, i) => {
      for (const d of [0, 1]) {
        const at = place[d]!;
        place[d] = at + h;
        const above = disagreement();
        place[d] = at - h;
        const below = disagreement();
        place[d] = at;
        expect(gradient[2 * i + d]).toBeCloseTo((above - below) / (2 * h), 7);
      }
    });
  });

  it("shares out chances that add up to 1, none to a point itself, over more points for a greater perplexity", () => {
    const points = cloud(30, 5);
    const entropy = (perplexity: number) => {
      const chances = sharedChances(points, perplexity);
      chances.forEach((row, i) => expect(row[i]).toBe(0));
      const all = chances.flatMap((row) => [...row]);
      expect(all.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10);
      return all.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
    };
    // Each of 30 points alone spreads over `perplexity`; making pairs symmetric can only spread them more.
    expect(entropy(3)).toBeGreaterThan(Math.log(30 * 3));
    expect(entropy(3)).toBeLessThan(Math.log(30 * 6));
    expect(entropy(9)).toBeGreaterThan(Math.log(30 * 9));
  });

  it("measures kept neighbours: all of them, or none", () => {
    const line = [[0], [1], [10], [11]];
    expect(keptNeighbours(line, line, { count: 1 })).toBe(1);
    expect(keptNeighbours(line, [[0], [10], [1], [11]], { count: 1 })).toBe(0);
  });

  it("needs three times as many points as near ones", async () => {
    await expect(neighbourMap(cloud(10, 3))).rejects.toThrow(
      "neighbourMap: expected a perplexity from 1 to a third of 10 points, got 20; give more points or a smaller one",
    );
  });
});
