import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, describe, expect, test } from "vitest";

import { useEngine } from "../../src/backend/engine.ts";
import { next, prefill, type GptCache } from "../../src/models/gpt-cache.ts";
import type { Gpt } from "../../src/models/gpt.ts";
import { aGpt, kinds } from "./a-gpt.ts";

const ids1 = (...ids: number[]): tf.Tensor1D => tf.tensor1d(ids, "int32");
const largest = (a: tf.Tensor, b: tf.Tensor): number =>
  tf.max(tf.abs(tf.sub(a, b))).arraySync() as number;

/** (V) What the model itself says after a text that it reads by itself. */
function after(model: Gpt, text: readonly number[]): tf.Tensor {
  return tf.tidy(() => {
    const logits = model.forward(tf.tensor2d([[...text]], [1, text.length], "int32"));
    return tf.reshape(tf.slice(logits, [0, text.length - 1, 0], [1, 1, -1]), [-1]);
  });
}

describe("keys and values that are kept", () => {
  beforeAll(() => useEngine("cpu"));
  const before = tf.memory().numTensors;
  afterEach(() => {
    tf.disposeVariables();
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(kinds)(
    "say what the whole text says: %s, norm %s, bias %s",
    (positions, norm, bias) => {
      const model = aGpt({ positions, norm, bias });
      const texts = [[3, 1, 4, 1, 5], [9], [2, 6, 5, 3, 5, 8, 9, 7, 9]];
      tf.tidy(() => {
        const T = 9;
        const padded = texts.map((text) => [
          ...text,
          ...new Array<number>(T - text.length).fill(7),
        ]);
        let { logits, cache } = prefill(model, {
          ids: tf.tensor2d(padded, [3, T], "int32"),
          lengths: ids1(...texts.map(({ length }) => length)),
        });
        const expectSame = (): void => {
          texts.forEach((text, row) => {
            expect(
              largest(logits.slice([row, 0], [1, -1]), after(model, text)),
              `row ${row}`,
            ).toBeLessThan(1e-4);
          });
        };
        expectSame();
        for (const news of [
          [8, 2, 0],
          [1, 1, 1],
          [4, 7, 10],
        ]) {
          const positions = ids1(...texts.map(({ length }) => length));
          texts.forEach((text, row) => text.push(news[row]!));
          ({ logits, cache } = next(model, { ids: ids1(...news), positions, cache }));
          expectSame();
        }
        expect(texts[2]).toHaveLength(model.config.context);
      });
    },
  );

  test("have the length of the context, whatever the prompt's", () => {
    const model = aGpt();
    tf.tidy(() => {
      const { logits, cache } = prefill(model, {
        ids: tf.zeros([2, 3], "int32"),
        lengths: ids1(1, 3),
      });
      expect(logits.shape).toEqual([2, 11]);
      expect(cache).toHaveLength(2);
      for (const { keys, values } of cache)
        expect([keys.shape, values.shape]).toEqual([
          [2, 2, 12, 8],
          [2, 2, 12, 8],
        ]);
    });
  });

  test("are written at the row's own position alone", () => {
    const model = aGpt();
    tf.tidy(() => {
      const read = prefill(model, { ids: tf.zeros([2, 5], "int32"), lengths: ids1(2, 5) });
      const { cache } = next(model, { ids: ids1(1, 1), positions: ids1(2, 5), cache: read.cache });
      const changed = (part: "keys" | "values"): number[][] => {
        const difference = tf.abs(tf.sub(cache[1]![part], read.cache[1]![part])); // (B, H, S, D)
        return (tf.sum(difference, [1, 3]).arraySync() as number[][]).map((row) =>
          row.flatMap((d, s) => (d > 0 ? [s] : [])),
        );
      };
      expect(changed("keys")).toEqual([[2], [5]]);
      expect(changed("values")).toEqual([[2], [5]]);
    });
  });

  test("leave what they return and nothing else", () => {
    const model = aGpt();
    const args = { ids: tf.zeros<tf.Rank.R2>([2, 3], "int32"), lengths: ids1(1, 3) };
    const start = tf.memory().numTensors;
    const read = prefill(model, args);
    expect(tf.memory().numTensors - start).toBe(1 + 2 * 2);
    const step = { ids: ids1(1, 1), positions: ids1(1, 3), cache: read.cache };
    const more = next(model, step);
    expect(tf.memory().numTensors - start).toBe(2 * (1 + 2 * 2) + 2);
    tf.dispose([args, read, more, step]);
  });

  test("refuse a length or a position too few", () => {
    const model = aGpt();
    tf.tidy(() => {
      const ids = tf.zeros<tf.Rank.R2>([2, 3], "int32");
      expect(() => prefill(model, { ids, lengths: ids1(1) })).toThrow(
        "prefill lengths: expected shape (2), one number for each row, got (1)",
      );
      const cache: GptCache = [];
      expect(() => next(model, { ids: ids1(1, 2), positions: ids1(1), cache })).toThrow(
        "next positions: expected shape (2), one number for each row, got (1)",
      );
    });
  });
});
