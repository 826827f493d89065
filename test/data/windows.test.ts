import { describe, expect, it } from "vitest";

import { ConfigError, DataError } from "../../src/core/errors.ts";
import { Random } from "../../src/core/random.ts";
import { splitCorpus } from "../../src/data/split.ts";
import { Windows } from "../../src/data/windows.ts";

const counting = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i);

describe("a text in two parts", () => {
  it("keeps its order, holds out its end and loses nothing", () => {
    const { train, validation } = splitCorpus(counting(29), { heldOut: 0.1 });
    expect(train).toEqual(counting(26)); // ⌊26.1⌋
    expect(validation).toEqual(Int32Array.of(26, 27, 28));
    expect(splitCorpus(counting(29)).train).toEqual(train);
  });

  it("has something in each part, however short it is", () => {
    expect(splitCorpus(counting(2), { heldOut: 0.99 }).train).toEqual(Int32Array.of(0));
    expect(splitCorpus(counting(2), { heldOut: 0.01 }).validation).toEqual(Int32Array.of(1));
  });

  it("is refused when it cannot be parted", () => {
    expect(() => splitCorpus(counting(1))).toThrow(
      new DataError(
        "splitCorpus: expected at least 2 ids, one for each part, got 1; give it a longer text",
      ),
    );
    for (const heldOut of [0, 1, NaN]) {
      expect(() => splitCorpus(counting(9), { heldOut })).toThrow(
        new ConfigError(
          `splitCorpus heldOut: expected a share between 0 and 1, got ${heldOut}; 0.1 holds out the last tenth`,
        ),
      );
    }
  });
});

describe("windows", () => {
  it("are pieces of the text, and y is x one token further", () => {
    const { x, y } = new Windows(counting(50), { batch: 3, context: 4, seed: 1 }).next();
    expect(x.length).toBe(12);
    expect(y).toEqual(x.map((id) => id + 1));
    for (let row = 0; row < 3; row++) {
      const start = x[row * 4]!;
      expect(x.subarray(row * 4, row * 4 + 4)).toEqual(
        Int32Array.of(start, start + 1, start + 2, start + 3),
      );
    }
  });

  it("begin at every possible place, about equally often", () => {
    const windows = new Windows(counting(13), { batch: 1000, context: 3, seed: 1 });
    const { x } = windows.next();
    const counts = new Array<number>(10).fill(0);
    for (let row = 0; row < 1000; row++) counts[x[row * 3]!]!++;
    // 100 each, deviation √(1000 · 0.1 · 0.9) = 9.5: within four of them
    for (const count of counts) expect(Math.abs(count - 100)).toBeLessThan(38);
  });

  it("are the same for the same seed, others for another", () => {
    const first = (seed: number): Int32Array =>
      new Windows(counting(1000), { batch: 8, context: 2, seed }).next().x;
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });

  it("begin where no tensor of the same seed took its random numbers", () => {
    const random = new Random(1);
    const { x } = new Windows(counting(1000), { batch: 4, context: 1, seed: 1 }).next();
    expect([...x]).not.toEqual([1, 2, 3, 4].map(() => random.integer(999)));
  });

  it("go on from a stored position", () => {
    const options = { batch: 5, context: 2, seed: 3 };
    const windows = new Windows(counting(700), options);
    for (let i = 0; i < 4; i++) windows.next();
    const { position } = windows;
    const expected = [windows.next(), windows.next()];
    const resumed = new Windows(counting(700), options);
    resumed.position = position;
    expect([resumed.next(), resumed.next()]).toEqual(expected);
  });

  it("need one token more than they have positions", () => {
    const options = { batch: 2, context: 8, seed: 1 };
    expect(new Windows(counting(9), options).next().x.subarray(0, 8)).toEqual(counting(8));
    expect(() => new Windows(counting(8), options)).toThrow(
      new DataError(
        "Windows: expected a text of at least 9 tokens, one more than a window of 8, got 8; take a longer text or a smaller context",
      ),
    );
  });

  it("refuse sizes that are none", () => {
    expect(() => new Windows(counting(9), { batch: 0, context: 2, seed: 1 })).toThrow(
      new ConfigError("Windows batch: expected a whole number from 1, got 0"),
    );
    expect(() => new Windows(counting(9), { batch: 1, context: 1.5, seed: 1 })).toThrow(
      new ConfigError("Windows context: expected a whole number from 1, got 1.5"),
    );
  });
});
