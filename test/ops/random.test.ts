import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { philox, Random } from "../../src/core/random.ts";
import { randomBits, randomNormal, randomUniform } from "../../src/ops/random.ts";
import { philoxWords } from "../../src/ops/random/philox.ts";
import { distance, engines, everywhere } from "./everywhere.ts";

const seedOf = (...words: readonly [number, number]): tf.Tensor1D =>
  tf.tensor1d([...words], "int32");

/** The words of a draw, block by block. */
function wordsOf(seed: readonly [number, number], stream: number, count: number): number[] {
  return Array.from({ length: Math.ceil(count / 4) }, (_, block) =>
    philox([block, 0, stream, 0], [seed[0] >>> 0, seed[1] >>> 0]),
  )
    .flat()
    .slice(0, count);
}

describe("philoxWords", () => {
  const ones = 0xffffffff;
  // The known answers of Random123, the authors' own library (examples/kat_vectors).
  it.each([
    [
      [0, 0],
      [0, 0, 0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [ones, ones],
      [ones, ones, ones, ones],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0xa4093822, 0x299f31d0],
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])("of key %j and counter %j are those that its authors publish", (key, counter, expected) => {
    expect(Array.from(philoxWords({ key, counter }, 4), (word) => word >>> 0)).toEqual(expected);
  });

  it("are those of the readable form, whatever the key", () => {
    const random = new Random(1);
    for (let trial = 0; trial < 200; trial++) {
      const key = [random.word(), random.word()] as const;
      const counter = [random.word(), random.word(), random.word(), random.word()] as const;
      expect(Array.from(philoxWords({ key, counter }, 4), (word) => word >>> 0)).toEqual(
        philox(counter, key),
      );
    }
  });
});

describe("randomBits", () => {
  const seeds = [
    [0, 0],
    [-5, 123456789],
    [2 ** 31 - 1, -(2 ** 31)],
  ] as const;
  const streams = [0, 1, 2 ** 31 - 1];
  const sizes = [1, 2, 3, 4, 5, 63, 1001, 2000];

  it("are the words of Philox, on every engine and compiled, whatever the size", async () => {
    for (const seed of seeds) {
      const outcomes = await everywhere(
        (tensor) =>
          streams.flatMap((stream) =>
            sizes.map((size) => randomBits([size], { seed: tensor as tf.Tensor1D, stream })),
          ),
        () => [seedOf(seed[0], seed[1])],
      );
      const expected = streams.flatMap((stream) =>
        sizes.map((size) => wordsOf(seed, stream, size).map((word) => word | 0)),
      );
      for (const { where, results } of outcomes) expect(results, where).toEqual(expected);
    }
  });

  it("of stream 0 are the words of a Random of the same seed", async () => {
    await useEngine("cpu");
    const random = new Random(7 + 3 * 2 ** 32);
    const expected = Array.from({ length: 50 }, () => random.word() | 0);
    const found = randomBits([50], { seed: seedOf(7, 3), stream: 0 });
    expect(Array.from(found.dataSync())).toEqual(expected);
  });
});

describe("randomUniform", () => {
  it("is the upper 24 bits of each word, on every engine and compiled", async () => {
    const shapes = [[], [1], [7], [3, 5], [2, 3, 4, 5], [1999], [0, 3]];
    const outcomes = await everywhere(
      (seed) =>
        shapes.map((shape) => randomUniform(shape, { seed: seed as tf.Tensor1D, stream: 9 })),
      () => [seedOf(42, -1)],
    );
    const expected = shapes.map((shape) =>
      wordsOf([42, -1], 9, tf.util.sizeFromShape(shape)).map((word) => (word >>> 8) / 2 ** 24),
    );
    for (const { where, results } of outcomes) expect(results, where).toEqual(expected);
  });

  it("keeps its shape and type", async () => {
    await useEngine("cpu");
    const draw = { seed: seedOf(1, 2), stream: 0 };
    expect(randomUniform([2, 3], draw).shape).toEqual([2, 3]);
    expect(randomUniform([2, 3], draw).dtype).toBe("float32");
    expect(randomBits([2, 3], draw).dtype).toBe("int32");
  });

  it("fills [0, 1) evenly", async () => {
    await useEngine("cpu");
    const numbers = randomUniform([100_000], { seed: seedOf(3, 1), stream: 0 }).dataSync();
    const tenths = new Array<number>(10).fill(0);
    for (const x of numbers)
      tenths[Math.floor(10 * x)] = (tenths[Math.floor(10 * x)] as number) + 1;
    // Deviation of a count of 10,000: √(100,000 · 0.1 · 0.9) = 95; five of them.
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(475);
    expect(tenths.length).toBe(10); // none at 1
  });
});

describe("randomNormal", () => {
  it("is the same to 1e-5 on every engine and compiled, for even and odd sizes", async () => {
    const outcomes = await everywhere(
      (seed) =>
        [[], [1], [2], [7], [30, 33]].map((shape) =>
          randomNormal(shape, { seed: seed as tf.Tensor1D, stream: 2 }),
        ),
      () => [seedOf(5, 6)],
    );
    const cpu = outcomes.at(-1) as (typeof outcomes)[number];
    for (const outcome of outcomes)
      expect(distance(outcome, cpu), outcome.where).toBeLessThan(1e-5);
  });

  it("takes no logarithm of zero", async () => {
    await useEngine("cpu");
    const draw = { seed: seedOf(12121362, 0), stream: 0 };
    expect(randomUniform([1], draw).dataSync()[0]).toBe(0); // found by trying seeds
    expect(Math.abs(randomNormal([1], draw).dataSync()[0] as number)).toBe(0); // √(−2 ln 1)
  });

  it("has mean 0, deviation 1, and the tails of a normal distribution", async () => {
    await useEngine("cpu");
    const N = 200_000;
    const numbers = Array.from(randomNormal([N], { seed: seedOf(1, 1), stream: 0 }).dataSync());
    const mean = numbers.reduce((a, b) => a + b) / N;
    const variance = numbers.reduce((sum, x) => sum + x * x, 0) / N;
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(N));
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / N));
    // The two halves of a draw are cosines and sines of the same angles, and know nothing of each other.
    const half = numbers.slice(N / 2);
    const product =
      half.reduce((sum, y, place) => sum + y * (numbers[place] as number), 0) / (N / 2);
    expect(Math.abs(product)).toBeLessThan(5 / Math.sqrt(N / 2));
    // Beyond two deviations are 4.55 % of a normal distribution, half of them on each side.
    for (const side of [1, -1]) {
      const share = numbers.filter((x) => side * x > 2).length / N;
      expect(Math.abs(share - 0.02275)).toBeLessThan(5 * Math.sqrt(0.02275 / N));
    }
  });
});

describe.runIf(engines.includes("tensorflow"))("a draw on tensorflow", () => {
  it("frees what it makes on the way", async () => {
    await useEngine("tensorflow");
    const seed = seedOf(1, 2);
    const draw = (): void => tf.dispose(randomUniform([1_000_000], { seed, stream: 0 }));
    for (let warm = 0; warm < 5; warm++) draw();
    const before = process.memoryUsage.rss();
    for (let call = 0; call < 30; call++) draw();
    // 4 MB each: 120 MB for each tensor that would stay.
    expect((process.memoryUsage.rss() - before) / 1e6).toBeLessThan(60);
  });
});

describe("a draw", () => {
  beforeAll(() => useEngine("cpu"));

  it("is another one for another seed and for another stream", () => {
    const draw = (seed: tf.Tensor1D, stream: number): string =>
      randomBits([4], { seed, stream }).dataSync().join();
    const draws = [
      draw(seedOf(1, 2), 0),
      draw(seedOf(1, 3), 0),
      draw(seedOf(2, 2), 0),
      draw(seedOf(1, 2), 1),
    ];
    expect(new Set(draws).size).toBe(4);
  });

  it("refuses a seed and a stream that it cannot use", () => {
    expect(() => randomUniform([2], { seed: tf.tensor1d([1, 2]), stream: 0 })).toThrow(
      'random: expected a seed of int32 and shape (2), got float32 and shape (2); make it with tf.tensor1d([1, step], "int32")',
    );
    expect(() => randomBits([2], { seed: tf.tensor1d([1], "int32"), stream: 0 })).toThrow(
      'random: expected a seed of int32 and shape (2), got int32 and shape (1); make it with tf.tensor1d([1, step], "int32")',
    );
    for (const stream of [-1, 0.5, 2 ** 31]) {
      expect(() => randomBits([2], { seed: seedOf(1, 2), stream })).toThrow(
        `random: expected a whole number from 0 to 2^31 - 1 as stream, got ${stream}; number the draws of a step 0, 1, 2 …`,
      );
    }
  });
});
